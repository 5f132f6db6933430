package httpserver

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"os"
)

const (
	// maximumBody is the longest message, in bytes.
	maximumBody = 4 << 20
	// smallBody is the longest message that is read before the request has a place among those that run.
	smallBody = 64 << 10
)

// onlyPost refuses other methods: there are no streams to open and no sessions to end.
func onlyPost(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			w.Header().Set("Allow", http.MethodPost)
			http.Error(w, "only POST is answered here", http.StatusMethodNotAllowed)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// bounded gives the handler whole messages, and no more at once than there are places. A client that sends slowly holds no
// place, as long as its message is small; long messages need one first, so that they cannot fill the memory.
func bounded(next http.Handler, most int) http.Handler {
	places := make(chan struct{}, most)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength > maximumBody {
			http.Error(w, "a message must not be longer than 4 MiB", http.StatusRequestEntityTooLarge)
			return
		}
		small := r.ContentLength >= 0 && r.ContentLength <= smallBody
		if small && !receive(w, r) {
			return
		}
		select {
		case places <- struct{}{}:
			defer func() { <-places }()
		default:
			w.Header().Set("Retry-After", "1")
			http.Error(w, "too many requests run at once: come again", http.StatusServiceUnavailable)
			return
		}
		if !small && !receive(w, r) {
			return
		}
		next.ServeHTTP(w, r)
	})
}

// receive reads the whole message, or says why it cannot.
func receive(w http.ResponseWriter, r *http.Request) bool {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maximumBody))
	var long *http.MaxBytesError
	switch {
	case errors.As(err, &long):
		http.Error(w, "a message must not be longer than 4 MiB", http.StatusBadRequest)
	case errors.Is(err, os.ErrDeadlineExceeded):
		http.Error(w, "the message took too long to arrive", http.StatusRequestTimeout)
	case err != nil:
		http.Error(w, "the message broke off", http.StatusBadRequest)
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	return err == nil
}
