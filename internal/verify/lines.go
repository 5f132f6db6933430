package verify

import (
	"math/big"
	"strconv"
	"strings"
)

// lineWidth is where a list of facts goes on in the next line.
const lineWidth = 120

// inLines joins parts with commas behind a head, over as many lines as it takes; the later ones stand under the first part.
func inLines(head string, parts []string) string {
	var b strings.Builder
	b.WriteString(head)
	indent := strings.Repeat(" ", len(head))
	column := len(head)
	for i, part := range parts {
		if i+1 < len(parts) {
			part += ","
		}
		switch {
		case i == 0:
		case column+1+len(part) > lineWidth:
			b.WriteString("\n" + indent)
			column = len(indent)
		default:
			b.WriteString(" ")
			column++
		}
		b.WriteString(part)
		column += len(part)
	}
	return b.String()
}

// percent is an exact fraction with what it comes to: 1/8 (12.5 %).
func percent(fraction string) string {
	share, ok := new(big.Rat).SetString(fraction)
	if !ok {
		return fraction
	}
	f, _ := share.Float64()
	return fraction + " (" + strconv.FormatFloat(100*f, 'g', 3, 64) + " %)"
}
