package framework

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
)

// fingerprint is 12 hex digits over what the files mean, in load order: comments, places, and the order of keys are not part of it.
func fingerprint(files []*file) string {
	hash := sha256.New()
	write(hash, files)
	return hex.EncodeToString(hash.Sum(nil))[:12]
}

// write writes the documents as JSON, which for these types has one form only.
func write(to io.Writer, files []*file) {
	encoder := json.NewEncoder(to)
	for _, f := range files {
		if err := encoder.Encode(f.Document); err != nil {
			panic(err) // a document is texts, numbers and lists, and a hash takes all of them
		}
	}
}
