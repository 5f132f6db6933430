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
	// smallBody is how many bytes of a message are read before it needs one of the few places for long messages.
	smallBody = 64 << 10
	// maximumLong is how many long messages are read or answered at once. Each takes seven times its length in memory, and no
	// client has a reason to send one.
	maximumLong = 4
)

// onlyPost refuses other methods. There are no streams to open and no sessions to end.
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

// places is a semaphore: requests hold places while they run.
type places chan struct{}

// holding is the response to a request that holds places. It releases them, and the message, as soon as the response begins: a
// client that reads slowly must not keep others out.
type holding struct {
	http.ResponseWriter
	request *http.Request
	places  []places
}

// take acquires a place, or tells the client to try again later.
func (h *holding) take(p places) bool {
	select {
	case p <- struct{}{}:
		h.places = append(h.places, p)
		return true
	default:
		h.Header().Set("Retry-After", "1")
		http.Error(h, "too many requests are running: try again later", http.StatusServiceUnavailable)
		return false
	}
}

func (h *holding) letGo() {
	for _, p := range h.places {
		<-p
	}
	h.places, h.request.Body = nil, http.NoBody
}

// Unwrap is for http.ResponseController.
func (h *holding) Unwrap() http.ResponseWriter { return h.ResponseWriter }

func (h *holding) WriteHeader(status int) {
	h.letGo()
	h.ResponseWriter.WriteHeader(status)
}

func (h *holding) Write(p []byte) (int, error) {
	h.letGo()
	return h.ResponseWriter.Write(p)
}

// bounded passes on complete messages only, at most so many at once. A client that sends or reads slowly holds no place. Long
// messages have places of their own, so they can neither keep the others out nor exhaust the memory.
func bounded(next http.Handler, most int) http.Handler {
	running, long := make(places, most), make(places, maximumLong)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength > maximumBody {
			http.Error(w, "a message must not be longer than 4 MiB", http.StatusRequestEntityTooLarge)
			return
		}
		body := http.MaxBytesReader(w, r.Body, maximumBody)
		held := &holding{ResponseWriter: w, request: r}
		defer held.letGo() // if there was no response
		var message bytes.Buffer
		_, err := message.ReadFrom(io.LimitReader(body, smallBody))
		if err == nil && message.Len() == smallBody {
			if !held.take(long) {
				return
			}
			_, err = message.ReadFrom(body)
		}
		if err != nil {
			unreadable(held, err)
			return
		}
		if !held.take(running) {
			return
		}
		r.Body = io.NopCloser(&message)
		next.ServeHTTP(held, r)
	})
}

func unreadable(w http.ResponseWriter, err error) {
	var long *http.MaxBytesError
	switch {
	case errors.As(err, &long):
		http.Error(w, "a message must not be longer than 4 MiB", http.StatusBadRequest)
	case errors.Is(err, os.ErrDeadlineExceeded):
		http.Error(w, "the message took too long to arrive", http.StatusRequestTimeout)
	default:
		http.Error(w, "the message is cut off", http.StatusBadRequest)
	}
}
