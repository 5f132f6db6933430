package record

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// The statuses of MADR. Only the first two are decisions that are in force or may come to be; a superseded record says by which.
const (
	Proposed   = "proposed"
	Accepted   = "accepted"
	rejected   = "rejected"
	deprecated = "deprecated"
	superseded = "superseded"
)

var statuses = []string{Proposed, Accepted, rejected, deprecated, superseded}

// InForce says whether a record is one to be checked: proposed or accepted.
func (r *Record) InForce() bool { return r.Status == Proposed || r.Status == Accepted }

// statusOf reads a status, its first word in small letters. A word that is none is a mistake: nobody would look at the record again.
func (r *reader) statusOf(node *yaml.Node) string {
	word, rest, more := strings.Cut(strings.TrimSpace(node.Value), " ")
	word = strings.ToLower(word)
	if more && word != superseded || !slices.Contains(statuses, word) {
		r.add(node, "status %s is not one of %s%s", shown(node.Value), strings.Join(statuses, ", "), r.meant(word, statuses))
	}
	return strings.TrimSpace(word + " " + rest)
}

// SupersededBy is the status of a record that another one has taken the place of, as MADR writes it.
func SupersededBy(number int) string { return fmt.Sprintf("superseded by ADR-%04d", number) }
