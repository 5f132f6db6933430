package record

import "io/fs"

// Watch calls a function with the name of every file that a live folder opens.
func Watch(a *LiveFolder, opened func(name string)) {
	open := a.open
	a.open = func() (openFolder, error) {
		folder, err := open()
		return watched{folder, opened}, err
	}
}

type watched struct {
	openFolder
	opened func(name string)
}

func (w watched) Open(name string) (fs.File, error) {
	file, err := w.openFolder.Open(name)
	if err == nil {
		if info, err := file.Stat(); err == nil && !info.IsDir() {
			w.opened(name)
		}
	}
	return file, err
}

func (w watched) Stat(name string) (fs.FileInfo, error) { return fs.Stat(w.openFolder, name) }
