// Package walks follows what people do: they learn one fact after the other, and they answer questions until a verdict is decided.
// It holds that learning never adds a possibility, that the questions always decide, and counts how many it takes, beside asking in
// the order of the dictionary and in random order.
package walks
