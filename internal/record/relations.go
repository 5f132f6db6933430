package record

import (
	"fmt"
	"net/url"
	"path"
	"strings"
)

// problems returns what makes readable records unreliable in combination, by name: two with one number, two accepted for one
// capability, or one that was superseded by a missing record.
func (found Found) problems() map[string]string {
	problems := map[string]string{}
	twins := found.twins()
	chains := found.chains()
	for _, file := range found.Files {
		if file.Record == nil {
			continue
		}
		switch other := found.sharesNumber(file); {
		case other != "":
			problems[file.Name] = fmt.Sprintf("it has the number %d, like %s: renumber one of them", file.Number, other)
		case twins[file.Name] != "":
			problems[file.Name] = fmt.Sprintf("it is accepted for %s, and so is %s: mark one of them as superseded by the other", file.Capability, twins[file.Name])
		case chains[file.Name] != "":
			problems[file.Name] = fmt.Sprintf("it is %s, %s", file.Record.StatusText(), chains[file.Name])
		}
	}
	return problems
}

// sharesNumber returns another record with the same number in the same folder; empty if there is none. As in MADR's decision 0010,
// different folders may repeat numbers.
func (found Found) sharesNumber(file File) string {
	if file.Number == 0 {
		return ""
	}
	for _, i := range found.numbers[file.Number] {
		if other := found.Files[i]; other.Name != file.Name && path.Dir(other.Name) == path.Dir(file.Name) {
			return other.Name
		}
	}
	return ""
}

// twins returns for each accepted record another one accepted for the same capability. Which of them applies is for a person to
// say.
func (found Found) twins() map[string]string {
	accepted := map[string][]string{}
	for _, file := range found.Files {
		if file.Record != nil && file.Record.Status == Accepted {
			accepted[file.Capability] = append(accepted[file.Capability], file.Name)
		}
	}
	twins := map[string]string{}
	for _, names := range accepted {
		for i, name := range names {
			if len(names) > 1 {
				twins[name] = names[(i+1)%len(names)]
			}
		}
	}
	return twins
}

// chains returns what is wrong with the successors of superseded records, by the name of the superseded one, in words that follow
// its status. A status that names no file or number is not checked.
func (found Found) chains() map[string]string {
	wrong := map[string]string{}
	next := map[string]string{}
	for _, file := range found.Files {
		if file.Record == nil || file.Record.Status != superseded {
			continue
		}
		for _, by := range successorsOf(file.Record.SupersededBy) {
			name, is := found.successor(file, by)
			i, known := found.names[name]
			switch {
			case !is:
				wrong[file.Name] = "which does not exist"
			case name == file.Name:
				wrong[file.Name] = "which is itself"
			case known && found.Files[i].Record != nil && found.Files[i].Record.Status == rejected:
				wrong[file.Name] = "which was rejected, so neither is in force"
			case next[file.Name] == "":
				next[file.Name] = name
			}
		}
	}
	for name := range inCycles(next) {
		if wrong[name] == "" {
			wrong[name] = "which leads back to it"
		}
	}
	return wrong
}

// inCycles returns the names from which next leads back to themselves.
func inCycles(next map[string]string) map[string]bool {
	circles, done := map[string]bool{}, map[string]bool{}
	for start := range next {
		place := map[string]int{}
		var way []string
		for at := start; at != "" && !done[at]; at = next[at] {
			if first, is := place[at]; is {
				for _, name := range way[first:] {
					circles[name] = true
				}
				break
			}
			place[at] = len(way)
			way = append(way, at)
		}
		for _, name := range way {
			done[name] = true
		}
	}
	return circles
}

// successor returns the Markdown file that a status names, which need not be a record of layer2. A number is looked up in the
// folder of the file first. A path is followed from there, else its base name is looked up anywhere; a path out of the folder is
// assumed to exist.
func (found Found) successor(file File, by successor) (name string, is bool) {
	dir := path.Dir(file.Name)
	if by.file != "" {
		target := by.file
		if decoded, err := url.PathUnescape(target); err == nil {
			target = decoded
		}
		name := path.Join(dir, target)
		same := found.bases[path.Base(target)]
		for _, other := range same {
			if other == name {
				return name, true
			}
		}
		if strings.HasPrefix(name, "../") || len(same) == 0 {
			return name, strings.HasPrefix(name, "../")
		}
		return same[0], true
	}
	itself := ""
	for _, near := range []bool{true, false} {
		for _, other := range found.markdown[by.number] {
			switch {
			case near && path.Dir(other) != dir:
			case other == file.Name:
				itself = other
			default:
				return other, true
			}
		}
	}
	return itself, itself != ""
}
