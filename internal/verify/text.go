package verify

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/words"
)

// WriteText writes the report for people: what is new first, then what is gone, then what is known with its reason, and a last
// line that says it all.
func (r *Report) WriteText(out io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "Knowledge %s (%s)\n", r.Knowledge.Version, r.Knowledge.Fingerprint)
	if len(r.New) > 0 {
		fmt.Fprintf(&b, "\nNew: no entry of the baseline is about it\n\n")
		for _, f := range r.New {
			f.write(&b)
		}
	}
	if len(r.Gone) > 0 {
		fmt.Fprintf(&b, "\nGone: an entry of the baseline is about nothing any more\n\n")
		for _, e := range r.Gone {
			fmt.Fprintf(&b, "%s %s%s\n    was known: %s\n", e.Kind, e.Subject, bracketed(e.With), e.Why)
		}
	}
	if len(r.Known) > 0 {
		fmt.Fprintf(&b, "\nKnown: the baseline says why\n\n")
		for _, k := range r.Known {
			k.write(&b)
			fmt.Fprintf(&b, "    known: %s\n", k.Why)
		}
	}
	fmt.Fprintf(&b, "\n%s.\n", r.summary())
	_, err := io.WriteString(out, b.String())
	return err
}

// write writes a finding as compilers do: place, kind, sentence; and what shows it below.
func (f Finding) write(b *strings.Builder) {
	fmt.Fprintf(b, "%s:%d: %s: %s\n", f.File, f.Line, f.Kind, f.Says)
	if len(f.Witness) > 0 {
		fmt.Fprintln(b, inLines("    shown by ", f.Witness.Lines()))
	}
	if f.Share != "" {
		fmt.Fprintf(b, "    in %s of the states\n", percent(f.Share))
	}
}

func (r *Report) summary() string {
	if r.Clean() {
		return words.Count(len(r.Known), "finding") + ", all of them known"
	}
	return fmt.Sprintf("%s new, %s of the baseline gone, %s known", words.Count(len(r.New), "finding"), words.Count(len(r.Gone), "entry"), words.Count(len(r.Known), "finding"))
}

func bracketed(with []string) string {
	if len(with) == 0 {
		return ""
	}
	return " [" + strings.Join(with, "; ") + "]"
}

// WriteJSON writes a report or a difference for programs.
func WriteJSON(out io.Writer, value any) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}
