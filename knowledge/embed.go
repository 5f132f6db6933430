// Package knowledge is the decision framework as YAML, carried inside the program.
package knowledge

import "embed"

// Files are the knowledge files that layer2 ships.
//
//go:embed *.yaml
var Files embed.FS
