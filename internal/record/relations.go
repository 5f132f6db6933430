package record

import (
	"fmt"
	"net/url"
	"path"
	"strings"
)

// problems are those of records that can be read, but not be relied on beside the others: two of one number, two that are accepted for
// one capability, one that was superseded by a record that is not there. They are by name.
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
			problems[file.Name] = fmt.Sprintf("it has the number %d, as %s has: give one of them another", file.Number, other)
		case twins[file.Name] != "":
			problems[file.Name] = fmt.Sprintf("it is accepted for %s, as %s is: write in one of them that it is superseded by the other", file.Capability, twins[file.Name])
		case chains[file.Name] != "":
			problems[file.Name] = fmt.Sprintf("it is %s, %s", file.Record.StatusText(), chains[file.Name])
		}
	}
	return problems
}

// sharesNumber returns another record in the same folder that has a file's number; empty if there is none. In different folders numbers
// may be the same, as MADR's decision 0010 has it.
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

// twins returns for each record that is accepted for a capability for which another one is too, the name of the other: nobody can say
// which of them holds.
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

// chains says what is wrong with the records that took the place of superseded ones: by the name of the superseded record, in words that
// follow its status. Where the status names none that could be looked up, nothing is.
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
				wrong[file.Name] = "which is not there"
			case name == file.Name:
				wrong[file.Name] = "which is itself"
			case known && found.Files[i].Record != nil && found.Files[i].Record.Status == rejected:
				wrong[file.Name] = "which was rejected, so that neither is in force"
			case next[file.Name] == "":
				next[file.Name] = name
			}
		}
	}
	for name := range inCircles(next) {
		if wrong[name] == "" {
			wrong[name] = "which leads back to it"
		}
	}
	return wrong
}

// inCircles returns the names from which next leads back to themselves.
func inCircles(next map[string]string) map[string]bool {
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

// successor returns the Markdown file that a status names, which need not hold a record of layer2. A number is looked for in the folder of
// the file first, a path from there, and then by its last part anywhere. A file that lies outside counts as there.
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
