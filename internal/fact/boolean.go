package fact

import "strconv"

func readBoolean(w Written) Value { return Value{Kind: Boolean, Bool: w.Text == "true"} }

func formatBoolean(b bool) string { return strconv.FormatBool(b) }
