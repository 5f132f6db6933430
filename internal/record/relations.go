package record

import (
	"fmt"
	"path"
	"slices"
)

// sharesNumber returns another record in the same folder that has a file's number; empty if there is none. In different folders numbers
// may be the same, as MADR's decision 0010 has it.
func (found Found) sharesNumber(file File) string {
	return found.other(file, func(o File) bool {
		return file.Number > 0 && o.Number == file.Number && path.Dir(o.Name) == path.Dir(file.Name)
	})
}

// twin returns another record that is accepted for the capability for which a file is: nobody can say which of them holds.
func (found Found) twin(file File) string {
	accepted := func(f File) bool { return f.Record != nil && f.Record.Status == Accepted }
	return found.other(file, func(o File) bool { return accepted(file) && accepted(o) && o.Capability == file.Capability })
}

func (found Found) other(file File, is func(File) bool) string {
	i := slices.IndexFunc(found.Files, func(o File) bool { return o.Name != file.Name && is(o) })
	if i < 0 {
		return ""
	}
	return found.Files[i].Name
}

// lost says what is wrong with the record that took the place of a superseded one; empty if nothing is, or the status names none that
// could be looked up.
func (found Found) lost(file File) string {
	by := successorOf(file.Record.SupersededBy)
	next, is := found.successor(file, by)
	switch {
	case by == successor{}:
		return ""
	case !is:
		return fmt.Sprintf("it is %s, which is not there", file.Record.StatusText())
	case next == file.Name:
		return fmt.Sprintf("it is %s, which is itself", file.Record.StatusText())
	}
	for seen := []string{file.Name}; is; {
		if slices.Contains(seen, next) {
			return fmt.Sprintf("it is %s, which leads back to it", file.Record.StatusText())
		}
		seen = append(seen, next)
		i := slices.IndexFunc(found.Files, func(f File) bool { return f.Name == next })
		if i < 0 || found.Files[i].Record == nil || found.Files[i].Record.Status != superseded {
			return ""
		}
		next, is = found.successor(found.Files[i], successorOf(found.Files[i].Record.SupersededBy))
	}
	return ""
}

// successor returns the Markdown file that a status names, which need not hold a record of layer2. A number is looked for in the folder of
// the file first. A file that lies outside counts as there.
func (found Found) successor(file File, by successor) (name string, is bool) {
	dir := path.Dir(file.Name)
	if by.file != "" {
		name := path.Join(dir, by.file)
		switch {
		case slices.Contains(found.markdown, name):
			return name, true
		case path.Base(by.file) == by.file: // a name alone, as people write it
			i := slices.IndexFunc(found.markdown, func(m string) bool { return path.Base(m) == by.file })
			if i >= 0 {
				return found.markdown[i], true
			}
		}
		return name, len(name) > 2 && name[:3] == "../"
	}
	itself := ""
	for _, near := range []bool{true, false} {
		for _, m := range found.markdown {
			switch {
			case by.number == 0 || NumberOf(m) != by.number || near && path.Dir(m) != dir:
			case m == file.Name:
				itself = m
			default:
				return m, true
			}
		}
	}
	return itself, itself != ""
}
