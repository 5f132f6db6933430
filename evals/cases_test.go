package evals

import (
	"os"
	"testing"
)

// TestCases plays every case through a real client and the real server, and compares what a person derived by hand.
func TestCases(t *testing.T) {
	cases, err := Cases(os.DirFS("cases"))
	if err != nil {
		t.Fatal(err)
	}
	player := newPlayer(t)
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			checks, err := c.Checks()
			if err != nil {
				t.Fatal(err)
			}
			for _, check := range checks {
				differences, err := check.Compare(player.call(t, check.Tool, check.Arguments))
				if err != nil {
					t.Fatal(err)
				}
				for _, difference := range differences {
					t.Error(difference)
				}
			}
		})
	}
	t.Logf("%d cases, %d calls", len(cases), player.calls)
}
