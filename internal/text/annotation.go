package text

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/vanhoutenbos/layer2/internal/markdown"
	"github.com/vanhoutenbos/layer2/internal/record"
	"github.com/vanhoutenbos/layer2/internal/words"
)

// Annotations returns the check as GitHub workflow commands: one for each record that is not simply in order, and one with the counts.
func (c Check) Annotations() string {
	var b strings.Builder
	for _, f := range c.Report.Findings {
		level := c.level(f)
		if level == "" {
			continue
		}
		message := c.says(f)
		if advice := c.advice(f); advice != "" {
			message += "\nThen: " + advice
		}
		title := c.state(f)
		if f.Record != nil && f.Record.Capability != "" {
			title = f.Record.Capability + ": " + title
		}
		fmt.Fprintf(&b, "::%s file=%s,line=%d,title=%s::%s\n", level, property.Replace(c.path(c.FromRoot, f)), f.Line, property.Replace(title), data.Replace(message))
	}
	b.WriteString(c.summary() + "\n")
	return b.String()
}

// level returns the severity of a record: error, warning, notice, or empty.
func (c Check) level(f record.Finding) string {
	switch {
	case f.Exit(c.Strict) > 0:
		return "error"
	case f.State == record.Doubtful, f.Known:
		return "warning"
	case f.State == record.Near:
		return "notice"
	}
	return ""
}

// Escaping in a workflow command: in its message, and in the value of a property.
var (
	data     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// Summary returns the check as a Markdown table, for the summary page of a workflow run.
func (c Check) Summary() string {
	var m sheet
	m.Heading(2, "Decision records")
	if len(c.Report.Findings) > 0 {
		m.Columns("Record", "Capability", "State", "Why")
	}
	for _, f := range c.Report.Findings {
		capability := ""
		if f.Record != nil {
			capability = f.Record.Capability
		}
		m.Row(strconv.Itoa(f.Number)+" "+markdown.Escape(words.Escape(f.Name)), markdown.Escape(capability), markdown.Escape(c.state(f)), markdown.Escape(c.says(f)))
	}
	m.Paragraph("\n", markdown.Escape(c.summary()))
	return m.String()
}
