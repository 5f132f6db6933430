package evals

// The answers as a client sees them: read from the structured channel by their names, without the server's types.

type answerHeader struct {
	Knowledge struct {
		Version     string `json:"version"`
		Fingerprint string `json:"fingerprint"`
	} `json:"knowledge"`
	Unused    []string `json:"unused"`
	Conflicts []struct {
		Facts map[string]any `json:"facts"`
		Says  string         `json:"says"`
	} `json:"conflicts"`
}

type named struct {
	ID string `json:"id"`
}

type asked struct {
	Fact  string `json:"fact"`
	Value any    `json:"value"`
}

type provisionalAnswer struct {
	Verdict  string   `json:"verdict"`
	Reasons  []string `json:"because"`
	Assuming []asked  `json:"assuming"`
}

type verdictAnswer struct {
	Capability  string             `json:"capability"`
	Verdict     string             `json:"verdict"`
	Reasons     []string           `json:"because"`
	Possible    []string           `json:"possible"`
	Provisional *provisionalAnswer `json:"provisional"`
	For         []named            `json:"for"`
	Against     []struct {
		named
		Effect string `json:"effect"`
	} `json:"against"`
	Sufficient []string `json:"sufficient"`
	Ask        []asked  `json:"ask"`
	Flips      []Flip   `json:"flips"`
	ToDo       []named  `json:"to_do"`
	Readings   []string `json:"readings"`
}

type evaluationAnswer struct {
	answerHeader
	Verdicts []verdictAnswer `json:"verdicts"`
	Ask      []asked         `json:"ask"`
}

type comparisonAnswer struct {
	answerHeader
	Verdict verdictAnswer  `json:"verdict"`
	Options []optionAnswer `json:"options"`
}

type optionAnswer struct {
	ID           string  `json:"id"`
	Class        *string `json:"class"`
	Tie          bool    `json:"tie"`
	Fits         []any   `json:"fits"`
	Fails        []any   `json:"fails"`
	Unknown      []any   `json:"unknown"`
	CouldRuleOut []any   `json:"could_rule_out"`
}

type planAnswer struct {
	answerHeader
	Themes      []themeAnswer `json:"themes"`
	Sequence    []named       `json:"sequence"`
	DecideFirst []capability  `json:"decide_first"`
	FixFirst    []struct {
		capability
		Blockers []string `json:"blockers"`
	} `json:"fix_first"`
	Later []struct {
		capability
		Until []string `json:"until"`
	} `json:"later"`
	AskFirst []capability `json:"ask_first"`
}

type themeAnswer struct {
	ID       string   `json:"id"`
	Status   string   `json:"status"`
	Possible []string `json:"possible"`
	Advice   []string `json:"advice"`
}

type capability struct {
	Capability string `json:"capability"`
}
