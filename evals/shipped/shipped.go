// Package shipped is the knowledge that the program carries, for tests.
package shipped

import (
	"sync"
	"testing"

	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/knowledge"
)

var load = sync.OnceValues(func() (*framework.Framework, error) { return framework.Load(knowledge.Files, nil) })

// Framework is the shipped knowledge, loaded once for all tests of a package. Nobody changes a framework after it is loaded.
func Framework(t testing.TB) *framework.Framework {
	t.Helper()
	f, err := load()
	if err != nil {
		t.Fatal(err)
	}
	return f
}
