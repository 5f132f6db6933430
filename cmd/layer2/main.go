// Command layer2 answers whether a platform capability is worth its complexity now.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/vanhoutenbos/layer2/internal/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	status := cli.Run(ctx, os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr})
	stop()
	os.Exit(status)
}
