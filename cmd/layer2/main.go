// Command layer2 answers whether a platform capability is worth its complexity now.
package main

import (
	"context"
	"os"

	"github.com/vanhoutenbos/layer2/internal/cli"
)

func main() {
	ctx, stop := cli.UntilSignal(context.Background())
	status := cli.Run(ctx, os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr})
	stop()
	os.Exit(status)
}
