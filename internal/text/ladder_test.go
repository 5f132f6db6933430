package text

import "testing"

func TestWhySaysWhatSeveralReasonsShareOnce(t *testing.T) {
	for _, test := range []struct {
		verdict string
		reasons []string
		want    string
	}{
		{"skip", []string{"scale"}, "too small for it"},
		{"skip", []string{"scale", "need"}, "too small for it, or no trigger applies"},
		{"consider", []string{"unmeasured", "no_pressure"}, "needed, but no problem is measured yet or nothing presses"},
		{"wait", []string{"scale", "readiness"}, "needed, but the platform is too small for it yet or something must be fixed first"},
		{"consider", []string{"contested", "no_pressure"}, "needed, with reasons for now and reasons against, or needed, but nothing presses"},
	} {
		if got := why(test.verdict, test.reasons); got != test.want {
			t.Errorf("%s because %v: %q, want %q", test.verdict, test.reasons, got, test.want)
		}
	}
}
