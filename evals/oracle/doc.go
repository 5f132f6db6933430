// Package oracle holds the conditions of the knowledge against cel-go: what our small parser and the diagrams make of a condition
// is what CEL makes of it. It is a module of its own, so that the product does not depend on cel-go.
package oracle
