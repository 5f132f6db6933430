// Package cost counts what layer2 costs a model that uses it, in tokens: what it has to read before its first call, and each answer,
// each channel on its own. It also lints the words that the model chooses a tool by. It is a module of its own, so that the product
// does not depend on a tokenizer.
//
// The counts are in baseline.txt. One that grows by more than 5 % fails; UPDATE=1 go test ./... rewrites them.
package cost
