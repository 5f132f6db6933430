package condition_test

import (
	"testing"

	"github.com/vanhoutenbos/layer2/evals/condition"
)

// What is not read to the letter is an error, so that no mutant is made of something else.
func TestWhatIsNotAConditionIsRefused(t *testing.T) {
	for _, source := range []string{
		"", "services >", "services > other", "1 < services", "f(x)", "-services > 1", "services > 1 && 2",
		`(sunny)`, `sunny &&  wet`, `sunny = wet`,
	} {
		if e, err := condition.Parse(source); err == nil {
			t.Errorf("%q is read as %s", source, e)
		}
	}
}
