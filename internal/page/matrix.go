package page

import (
	"strings"

	"github.com/vanhoutenbos/layer2/internal/framework"
	"github.com/vanhoutenbos/layer2/internal/markdown"
	"github.com/vanhoutenbos/layer2/internal/words"
	"github.com/vanhoutenbos/layer2/tools"
)

// Matrix is the decision matrix in its JSON form.
type Matrix struct {
	Knowledge tools.Knowledge `json:"knowledge"`
	Rows      []MatrixRow     `json:"rows"`
}

// MatrixRow is one capability. Row is null if the source has none.
type MatrixRow struct {
	Capability string               `json:"capability"`
	Code       string               `json:"code"`
	Title      string               `json:"title"`
	Complexity string               `json:"complexity"`
	Row        *framework.MatrixRow `json:"row"`
}

func matrixOf(f *framework.Framework) Matrix {
	m := Matrix{Knowledge: tools.KnowledgeOf(f), Rows: []MatrixRow{}}
	for _, c := range f.Capabilities {
		m.Rows = append(m.Rows, MatrixRow{c.ID.Value, c.Code.Value, c.Title.Value, complexityOf(c.CapabilityFile), c.Matrix})
	}
	return m
}

func matrixMarkdown(f *framework.Framework) string {
	var m sheet
	m.Heading(1, "Decision matrix")
	m.Paragraph("A summary. Verdicts follow from the triggers, do-nots and timing on each capability's card; a row decides only where it has a condition.")
	m.Columns("Id", "Capability", "Trigger", "Complexity cost", "Skip if", "Decides")
	for _, c := range f.Capabilities {
		title, complexity := capabilityLink(f, c.ID.Value), complexityOf(c.CapabilityFile)
		if c.Matrix == nil {
			m.Row("none", title, "no row in the source", complexity, "no row in the source", "")
			continue
		}
		row := c.Matrix
		decides := strings.Join(roleOf(row.Statement), " · ")
		m.Row(markdown.Bold(row.ID.Value), title, markdown.Escape(row.Trigger.Value), complexity, markdown.Escape(row.SkipIf.Value), words.Capital(decides))
	}
	m.source(f)
	return m.String()
}
