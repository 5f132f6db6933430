package httpserver

import (
	"net/http"
	"time"

	"github.com/rs/zerolog"
)

// maximumPath is how many bytes of a path are logged.
const maximumPath = 100

// logged logs every request: those to the endpoint at level info, the others, mostly health checks, at level debug.
func logged(next http.Handler, endpoint func(path string) bool, logger zerolog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun := time.Now()
		noted := &statusWriter{ResponseWriter: w}
		defer func() {
			level := zerolog.InfoLevel
			if !endpoint(r.URL.Path) {
				level = zerolog.DebugLevel
			}
			logger.WithLevel(level).Str("method", r.Method).Str("path", r.URL.Path[:min(len(r.URL.Path), maximumPath)]).
				Int("status", noted.status).Dur("duration", time.Since(begun)).Msg("request")
		}()
		next.ServeHTTP(noted, r)
	})
}

// statusWriter remembers the status: zero if nothing was answered, as after a panic.
type statusWriter struct {
	http.ResponseWriter
	status int
}

// Unwrap is for http.ResponseController.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *statusWriter) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *statusWriter) Write(p []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(p)
}
