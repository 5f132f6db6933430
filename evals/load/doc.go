// Package load runs the program as it is released, on this machine only, and asks two things of it: how many calls it answers a
// second beside an echo server on the same SDK and one on the official SDK, and what it does when clients misbehave, when they are
// many, and when it is told to stop or killed.
//
// Times and rates are printed and never a reason to fail. What is refused, and how, that a normal call is answered afterwards, how
// much memory it took and the exit status are: those tests can fail. Small sizes run with all other tests; the sizes that
// docs/performance.md speaks of run with
//
//	go test ./evals/load -v -count=1 -timeout 20m -full
//
// The tests that stop servers with signals (stop_test.go) run on Unix only.
//
// The echo servers are programs of their own: echo, and peers, which is a module of its own, so that the product does not depend on
// the official SDK. Read main_test.go, process_test.go and call_test.go first.
package load
