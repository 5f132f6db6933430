package supply

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestSecurityNamesTestsThatExist keeps SECURITY.md from promising a defence whose test was renamed or removed.
func TestSecurityNamesTestsThatExist(t *testing.T) {
	content, err := os.ReadFile(filepath.Join(root, "SECURITY.md"))
	if err != nil {
		t.Fatal(err)
	}
	var written []string
	for _, function := range functions(t, "Test", "Fuzz") {
		_, name, _ := strings.Cut(function, " ")
		written = append(written, name)
	}
	named := regexp.MustCompile("`((?:Test|Fuzz)\\w+)`").FindAllStringSubmatch(string(content), -1)
	for _, name := range named {
		if !slices.Contains(written, name[1]) {
			t.Errorf("there is no %s", name[1])
		}
	}
	if len(named) < 30 {
		t.Errorf("only %d tests are named", len(named))
	}
	if address := regexp.MustCompile(`[\w.]+@[\w-]+\.\w+`).Find(content); address != nil {
		t.Errorf("%s: reports go through GitHub", address)
	}
}
