package record_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf16"

	"github.com/vanhoutenbos/layer2/evals/shipped"
	"github.com/vanhoutenbos/layer2/internal/record"
)

// utf16Of writes a text as editors on Windows do.
func utf16Of(text string, order binary.AppendByteOrder) string {
	var b []byte
	for _, unit := range utf16.Encode([]rune("\ufeff" + text)) {
		b = order.AppendUint16(b, unit)
	}
	return string(b)
}

// TestAFileWithARecordIsReadOrUnreadable does to a record what people and tools do. None of it may make a decision disappear.
func TestAFileWithARecordIsReadOrUnreadable(t *testing.T) {
	f := shipped.Framework(t)
	content := string(written(t, f, mesh))
	matter, body, _ := strings.Cut(strings.TrimPrefix(content, "---\n"), "\n---\n")
	const outside = "a record that is not in the front matter: begin the file with ---, the record, and ---"
	for what, test := range map[string]struct{ content, want string }{
		"as it was written":           {content, "read"},
		"an empty line above":         {"\n" + content, "read"},
		"lines of blanks above":       {" \t\r\n\n" + content, "read"},
		"a byte order mark":           {"\ufeff" + content, "read"},
		"two byte order marks":        {"\ufeff\ufeff" + content, "read"},
		"Windows' line ends":          {strings.ReplaceAll(content, "\n", "\r\n"), "read"},
		"a comment above":             {"<!-- SPDX-License-Identifier: MIT -->\n" + content, "line 5: " + outside},
		"a heading above":             {"# Service mesh\n\n" + content, "line 6: " + outside},
		"prose above":                 {"Decided in May.\n\n" + content, "line 6: " + outside},
		"UTF-16, little end first":    {utf16Of(content, binary.LittleEndian), "line 4: the file is UTF-16 or UTF-32: save it as UTF-8"},
		"UTF-16, big end first":       {utf16Of(content, binary.BigEndian), "line 4: the file is UTF-16 or UTF-32: save it as UTF-8"},
		"UTF-16 and Windows":          {utf16Of(strings.ReplaceAll(content, "\n", "\r\n"), binary.LittleEndian), "line 4: the file is UTF-16 or UTF-32: save it as UTF-8"},
		"Latin 1":                     {strings.Replace(content, "status: proposed", "by: Andr\xe9\nstatus: proposed", 1), "line 1: the file is not UTF-8: save it as UTF-8"},
		"CR alone":                    {strings.ReplaceAll(content, "\n", "\r"), "line 4: the lines do not end in LF: save the file with LF or CRLF"},
		"a conflict of whole files":   {"<<<<<<< HEAD\n" + content + "=======\n" + content + ">>>>>>> main\n", "line 5: an unresolved merge conflict"},
		"a conflict in the record":    {strings.Replace(content, "status: proposed\n", "<<<<<<< HEAD\nstatus: proposed\n=======\nstatus: accepted\n>>>>>>> main\n", 1), "line 2: an unresolved merge conflict"},
		"four dashes":                 {"----\n" + matter + "\n----\n" + body, "line 4: front matter between ----: write it as YAML between lines of ---"},
		"pluses":                      {"+++\n" + matter + "\n+++\n" + body, "line 4: front matter between +++: write it as YAML between lines of ---"},
		"TOML":                        {"+++\nstatus = \"accepted\"\n[layer2]\nrecord = 1\n+++\n", "line 3: front matter between +++: write it as YAML between lines of ---"},
		"no fence":                    {matter + "\n\n" + body, "line 3: " + outside},
		"stars as the fence":          {"***\n" + matter + "\n***\n" + body, "line 4: " + outside},
		"no end":                      {"---\n" + matter + "\n", "line 1: the front matter does not end: put --- on a line of its own after it"},
		"dots as the end":             {"---\n" + matter + "\n...\n" + body, "line 1: the front matter does not end: put --- on a line of its own after it"},
		"a block of code":             {"```yaml\n" + content + "```\n", "line 5: " + outside},
		"front matter of another":     {"---\nnav_order: 3\n---\n\n" + content, "line 8: " + outside},
		"below another key":           {"---\nextra:\n  " + strings.ReplaceAll(matter, "\n", "\n  ") + "\n---\n", "line 5: layer2 must be a top-level key of the front matter, in lower case"},
		"capital letters":             {strings.Replace(content, "layer2:", "Layer2:", 1), "line 4: layer2 must be a top-level key of the front matter, in lower case"},
		"in a list":                   {"---\n- layer2: {record: 1}\n---\n", "line 2: layer2 must be a top-level key of the front matter, in lower case"},
		"JSON":                        {"{\"status\": \"accepted\",\n \"layer2\": {\"record\": 1}}\n", "line 2: " + outside},
		"a tab":                       {strings.Replace(content, "  record: 1", "\trecord: 1", 1), "line 5: not YAML: a tab, which YAML does not accept as indentation: use spaces"},
		"no version":                  {strings.Replace(content, "  record: 1\n", "", 1), `line 5: missing key "record"`},
		"another tool's key above":    {strings.Replace(content, "layer2:", "layer2: {theme: dark}\nlayer2:", 1), `line 5: duplicate key "layer2": the first is on line 4`},
		"a second record":             {content + "\n" + content, "line 51: a second record in the file: put it in a file of its own"},
		"an alias":                    {"---\nx: &r {record: 1, capability: service-mesh}\nlayer2: *r\nstatus: accepted\n---\n", "line 2: an anchor, &r, is refused: write the value out where it is meant; line 3: an alias, *r, is refused: write the value out"},
		"indentation lost":            {"---\n" + strings.ReplaceAll(matter, "\n  ", "\n") + "\n---\n", "line 5: a record without its key: its lines belong under layer2:, indented, with record: 1 first"},
		"a block of text":             {strings.Replace(content, "layer2:", "layer2: |", 1), "line 5: a record without its key: its lines belong under layer2:, indented, with record: 1 first"},
		"a list of it":                {"---\nstatus: accepted\nlayer2:\n- " + strings.Replace(matter[strings.Index(matter, "record: 1"):], "\n---", "", 1) + "\n---\n", "line 4: a record without its key: its lines belong under layer2:, indented, with record: 1 first"},
		"a zero-width space in a key": {strings.Replace(content, "layer2:", "layer2\u200b:", 1), "line 5: a record without its key: its lines belong under layer2:, indented, with record: 1 first"},
		"a letter of another script":  {strings.Replace(content, "layer2:", "l\u0430yer2:", 1), "line 5: a record without its key: its lines belong under layer2:, indented, with record: 1 first"},
		"code in a line above":        {"# T\n\n```x``` is code\n\n" + content, "line 8: " + outside},
		"a fence that never closes":   {"# T\n\n~~~old~~~ new\n\n" + content, "line 8: " + outside},
		"a fence in a list above":     {"# T\n\n- ```sh\n  a\n  ```\n\n" + content, "line 10: " + outside},
		"no key and a heading":        {"# T\n\n" + strings.Replace(content, "  record: 1\n", "", 1), "line 7: " + outside},
		"no key and four dashes":      {"----\n" + strings.Replace(matter, "  record: 1\n", "", 1) + "\n----\n", "line 5: front matter between ----: write it as YAML between lines of ---"},
		"JSON on one line":            {"# T\n\n{\"status\":\"accepted\",\"layer2\":{\"record\":1}}\n", "line 3: " + outside},
		"a list item":                 {"# T\n\n- layer2:\n    record: 1\n", "line 3: " + outside},
		"a quotation":                 {"# T\n\n> layer2:\n>   record: 1\n", "line 3: " + outside},
		"broken, as a complex key":    {"---\nbad: [\n? layer2\n: record: 1\n---\n", "line 4: not YAML: mapping values are not allowed in this context"},
		"TOML without its version":    {"+++\n[layer2]\ncapability = \"service-mesh\"\n+++\n", "line 2: front matter between +++: write it as YAML between lines of ---"},
		"tildes":                      {"~~~\n" + matter + "\n~~~\n" + body, "line 4: front matter between ~~~: write it as YAML between lines of ---"},
		"tildes and yaml":             {"~~~yaml\n" + content + "~~~\n", "line 5: " + outside},
		"indented as a whole":         {"    " + strings.ReplaceAll(content, "\n", "\n    "), "line 4: " + outside},
		"next lines":                  {strings.ReplaceAll(content, "\n", "\u0085"), "line 4: the lines do not end in LF: save the file with LF or CRLF"},
		"line separators":             {strings.ReplaceAll(content, "\n", "\u2028"), "line 4: the lines do not end in LF: save the file with LF or CRLF"},
		"form feeds":                  {strings.ReplaceAll(content, "\n", "\f"), "line 4: the lines do not end in LF: save the file with LF or CRLF"},
		"a space that is none":        {strings.Replace(content, "---", "---\u00a0", 1), `line 4: the front matter begins with "--- ": write --- alone on that line`},
		"a comment on the marker":     {strings.Replace(content, "---", "--- # ours", 1), `line 4: the front matter begins with "--- # ours": write --- alone on that line`},
		"more than a record may have": {content + strings.Repeat("text\n", 1<<18), "line 1: the file is larger than 1048576 bytes, the most that a record may have"},
	} {
		_, err := record.Read(f, []byte(test.content))
		got := "read"
		if err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("%s: %s\nwant %s", what, got, test.want)
		}
	}
}

// TestPlacesInAFileCountWhatStandsAbove: a mistake is on the line that an editor shows.
func TestPlacesInAFileCountWhatStandsAbove(t *testing.T) {
	f := shipped.Framework(t)
	content := "\n\n" + strings.Replace(string(written(t, f, mesh)), "services: 5", "services: many", 1)
	_, err := record.Read(f, []byte(content))
	if want := fmt.Sprintf("line %d: ", 1+strings.Count(content[:strings.Index(content, "services: many")], "\n")); err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("%v, want %s", err, want)
	}
	edited, err := record.Reaffirm(f, []byte("\n\n\ufeff"+string(written(t, f, mesh))), known(t, f, with(map[string]any{"services": 7})), "so", "2027-02-01")
	if err == nil {
		_, err = record.Read(f, edited)
	}
	if err == nil {
		t.Error("a byte order mark in the middle is none")
	}
	edited, err = record.Reaffirm(f, []byte("\ufeff\n\n"+string(written(t, f, mesh))), known(t, f, with(map[string]any{"services": 7})), "so", "2027-02-01")
	if err != nil || !bytes.HasPrefix(edited, []byte("\ufeff\n\n---\n")) {
		t.Errorf("%v\n%.40q", err, edited)
	}
}

// TestARecordIsFoundInAFileOfAnyName looks at names and places.
func TestARecordIsFoundInAFileOfAnyName(t *testing.T) {
	f := shipped.Framework(t)
	content := string(written(t, f, mesh))
	folder := source(map[string]string{
		"0001-a.md": content, "0002-B.MD": content, "0003-c.markdown": content, "0004-d.mdx": content, "e.md": content,
		"backend/0001-f.md": content, "backend/deep/0005-g.md": content,
		"0006-h.txt": content, "0007-i.md.orig": content, "0008-j": content,
		"README.md": "# Decisions\n", "backend/0009-cache.md": "# Which cache?\n", "picture.png": "\x89PNG\x00\x01layer2: {record", "backend/data.csv": "a,b\n",
		".0010-hidden.md": content, ".git/0011-k.md": content,
	})
	found, err := record.Find(f, folder)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, file := range found.Files {
		line := fmt.Sprintf("%s %d %s", file.Name, file.Number, found.Reference(file))
		if file.Err != nil {
			line += " " + file.Err.Error()
		}
		got = append(got, line)
	}
	const wrongName = "it holds a record, but not in a Markdown file: rename it to end in .md, or remove it"
	want := []string{
		"0001-a.md 1 0001-a.md", "0002-B.MD 2 2", "0003-c.markdown 3 3", "0004-d.mdx 4 4",
		"0006-h.txt 6 6 " + wrongName, "0007-i.md.orig 7 7 " + wrongName, "0008-j 8 8 " + wrongName,
		"backend/0001-f.md 1 backend/0001-f.md", "backend/deep/0005-g.md 5 5", "e.md 0 e.md",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if want := []record.Passed{{Kind: record.Markdown, Count: 2}, {Kind: record.NotMarkdown, Count: 2}, {Kind: record.Hidden, Count: 2}}; !slices.Equal(found.Passed, want) {
		t.Errorf("passed over %v, want %v", found.Passed, want)
	}
}

// TestExamplesInDocumentationAreNoRecords looks at what a README may show, and at what nobody would take for documentation.
func TestExamplesInDocumentationAreNoRecords(t *testing.T) {
	f := shipped.Framework(t)
	content := string(written(t, f, mesh))
	fenced := "# Service mesh\n\n```yaml\n" + content + "```\n"
	for name, test := range map[string]struct{ content, want string }{
		"README.md":                 {fenced, ""},
		"readme.en.md":              {"```yaml\n" + content + "```\n", ""}, // begins with it
		"adr-template.md":           {fenced, ""},
		"how.md":                    {fenced, ""},
		"mesh.md":                   {"```yaml\n" + content + "```\n", "unreadable"},
		"0001-service-mesh-wait.md": {fenced, "unreadable"},
		"0002-how-we-decide.md":     {"# How\n\n```yaml\nlayer2: {record: 1}\n```\n", ""},
		"script.py":                 {"# " + content, ""},
		"page.html":                 {"<pre>\n" + content + "</pre>\n", ""},
		"osi.yml":                   {"layer2:\n  record: A\n", ""},
		"ports.md":                  {"---\nlayer2:\n  ports:\n    - record: true\n  bad: [\n---\n# Ports\n", "unreadable"},
		"0003-service-mesh-wait.md": {"", "unreadable"},
		"0004-service-mesh-wait.md": {"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "unreadable"},
		"0005-service-mesh-wait.md": {"# Service mesh: wait\n\nWe wait.\n", ""},
		"0006-cache.md":             {"", ""},
		"0007-large.md":             {"# T\n" + strings.Repeat("text\n", 1<<18), "unreadable"},
		"large.md":                  {"# T\n" + strings.Repeat("text\n", 1<<18), ""},
	} {
		found, err := record.Find(f, source(map[string]string{name: test.content}))
		got := ""
		if err == nil && len(found.Files) == 1 && found.Files[0].Err != nil {
			got = "unreadable"
		}
		if err != nil || got != test.want {
			t.Errorf("%s: %q, %v, want %q", name, got, err, test.want)
		}
	}
}

func TestARecordIsNamedByNumberOrFile(t *testing.T) {
	f := shipped.Framework(t)
	content := string(written(t, f, mesh))
	found, err := record.Find(f, source(map[string]string{
		"0002-a.md": content, "0002-other.md": "# Another tool's\n", "backend/0003-b.md": content, "0003-c.md": content, "d.md": content, "README.md": "",
	}))
	if err != nil {
		t.Fatal(err)
	}
	for reference, want := range map[string]string{
		"2": "0002-a.md", "0002": "0002-a.md", "0002-a.md": "0002-a.md", "./d.md": "d.md", "backend/0003-b.md": "backend/0003-b.md",
		"3": "2 records have the number 3; name the file instead: 0003-c.md or backend/0003-b.md",
		"4": "there is no record with the number 4", "0": "there is no record with the number 0", "-1": "there is no record with the number -1",
		"README.md": `there is no record in "README.md"`, "e.md": `there is no record in "e.md"`,
	} {
		file, err := found.Named(reference)
		got := file.Name
		if err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%s: %s, want %s", reference, got, want)
		}
	}
}

func TestALargeFolderIsRefused(t *testing.T) {
	f := shipped.Framework(t)
	deep := fstest.MapFS{strings.Repeat("a/", 10) + "0001-a.md": {Data: written(t, f, mesh)}}
	if found, err := record.Find(f, deep); err != nil || len(found.Files) != 1 || found.Files[0].Err == nil {
		t.Errorf("%+v, %v", found, err)
	}
	many := fstest.MapFS{}
	for i := range 20_001 {
		many[fmt.Sprintf("%d.txt", i)] = &fstest.MapFile{}
	}
	if _, err := record.Find(f, many); err == nil || err.Error() != "more than 20000 files; is this the folder of decisions?" {
		t.Error(err)
	}
	if _, err := record.Find(f, fstest.MapFS{"a.md": {Mode: fs.ModeNamedPipe}}); err != nil {
		t.Error(err)
	}
}

func TestNumbers(t *testing.T) {
	for name, want := range map[string]int{
		"0001-mesh.md": 1, "1-mesh.md": 1, "ADR-0001-mesh.md": 1, "adr_0003_mesh.md": 3, "adr0004-mesh.md": 4, "ADR 5 mesh.md": 5, "0001 mesh.md": 1, "0001.md": 1,
		"0001_mesh.MD": 1, "00012-mesh.md": 12, "backend/0007-mesh.md": 7, "0008-2025-plan.md": 8, "2024-roadmap.md": 2024, "9999-template.md": 9999,
		"2025-12-31-mesh.md": 0, "20251231-mesh.md": 0, "2025_12_31.md": 0, "2025-12-31T10-00.md": 0, "2025-13-31-mesh.md": 2025, "20259931-mesh.md": 0,
		"mesh.md": 0, "0001mesh.md": 0, "mesh-0001.md": 0, "999999999-mesh.md": 0, "0000-use-adrs.md": 0, "-1-mesh.md": 0, "": 0, "adr-template.md": 0,
		"１-mesh.md": 0, "2026-01.md": 0, "2026-01-mesh.md": 2026,
	} {
		if got := record.NumberOf(name); got != want {
			t.Errorf("%s: %d, want %d", name, got, want)
		}
	}
}

func TestTheNextNumber(t *testing.T) {
	for _, test := range []struct {
		files string
		want  string
	}{
		{"", "0001"},
		{"README.md", "0001"},
		{"0007-a.md 0003-b.md", "0008"},
		{"2025-12-31-a.md 20251230-b.md", "0001"},
		{"0001-a.md ADR-0002-b.md adr_0003_c.md 0004.md", "0005"},
		{"0001-a.md 9999-template.md", "0002"},
		{"9999-template.md", "0001"},
		{"0001-a.md 0002-b.md 0900-c.md", "0003"},
		{"0001-a.md 0002-b.md 9998-c.md 9999-template.md", "0003"},
		{"1000-a.md 1001-b.md", "1002"},
		{"0001-a.md 1000-b.md 1001-c.md", "1002"},
		{"999999999-a.md", "0001"},
		{"0001-a.md 99999-a.md", "0002"},
		{"10001-a.md 10002-b.md", "10003"},
		{"00001-a.md", "00002"},
		{"backend/0041-a.md 0003-b.MD front/0042-c.mdx", "0043"},
		{"0002-a.md 0003-b.txt", "0003"},
		{".0041-hidden.md .git/0042-b.md", "0001"},
	} {
		files := map[string]string{}
		for _, name := range strings.Fields(test.files) {
			files[name] = ""
		}
		d, _ := folder(t, files)
		name, err := d.Create(t.Context(), ".", draft("x", "text"), nil)
		if err != nil || name != test.want+"-x.md" {
			t.Errorf("%s: %s, %v, want %s", test.files, name, err, test.want)
		}
	}
}

func TestNoFileIsReplaced(t *testing.T) {
	files := map[string]string{}
	for n := 1; n <= 9_999; n++ {
		files[fmt.Sprintf("%04d-a.md", n)] = ""
	}
	delete(files, "0500-a.md")
	d, _ := folder(t, files)
	if name, err := d.Create(t.Context(), ".", draft("x", "text"), nil); err != nil || name != "0500-x.md" {
		t.Errorf("the one that is free: %s, %v", name, err)
	}
	if name, err := d.Create(t.Context(), ".", draft("x", "text"), nil); err == nil || err.Error() != "every number is taken" {
		t.Errorf("no number is left: %s, %v", name, err)
	}
}
