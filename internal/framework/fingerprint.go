package framework

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
)

// fingerprint returns 12 hex digits over the content of the files in load order; comments, positions and key order do not affect it.
func fingerprint(files []*file) string {
	hash := sha256.New()
	write(hash, files)
	return hex.EncodeToString(hash.Sum(nil))[:12]
}

// write writes the documents as JSON, which is canonical for these types.
func write(to io.Writer, files []*file) {
	encoder := json.NewEncoder(to)
	for _, f := range files {
		if err := encoder.Encode(f.Document); err != nil {
			panic(err) // a document is texts, numbers and lists, and a hash takes all of them
		}
	}
}
