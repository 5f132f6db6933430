package supply

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

const root = "../.."

// tags lists, with the reason, the actions and images that stay on a tag because nobody could read what it stands for.
var tags = map[string]string{}

var (
	pinnedAction = regexp.MustCompile(`^[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$`)
	// The host is spelled out: what a short name stands for is a setting of the machine.
	pinnedImage = regexp.MustCompile(`^([a-z0-9-]+\.)+[a-z]+(:\d+)?/[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}$`)
)

// badAction says what is wrong with the rest of a line after "uses:".
func badAction(rest string) error {
	rest = strings.TrimSpace(rest)
	reference, _, _ := strings.Cut(rest, " ")
	image, isImage := strings.CutPrefix(reference, "docker://")
	switch {
	case strings.HasPrefix(reference, "./"), tags[reference] != "", pinnedAction.MatchString(rest):
		return nil
	case isImage:
		return badImage(image)
	}
	return fmt.Errorf("%s: want owner/name@<40 hex digits> # v<version>", rest)
}

func badImage(reference string) error {
	if reference == "scratch" || tags[reference] != "" || pinnedImage.MatchString(reference) {
		return nil // nothing is downloaded for scratch
	}
	return fmt.Errorf("%s: want host/name:tag@sha256:<64 hex digits>", reference)
}

// badStages returns what is wrong with the images that a Dockerfile names. A stage may be named after it was built.
func badStages(dockerfile string) (images int, wrong []error) {
	var stages []string
	dockerfile = strings.ReplaceAll(dockerfile, "\\\n", " ")
	for line := range strings.Lines(dockerfile) {
		words := slices.DeleteFunc(strings.Fields(line), func(word string) bool { return strings.HasPrefix(word, "--platform=") })
		if len(words) < 2 {
			continue
		}
		reference := ""
		switch strings.ToUpper(words[0]) {
		case "FROM":
			reference = words[1]
		case "COPY", "RUN":
			for _, word := range words {
				if _, from, is := strings.Cut(word, "from="); is {
					reference, _, _ = strings.Cut(from, ",")
				}
			}
		}
		if reference != "" && !slices.Contains(stages, reference) {
			images++
			if err := badImage(reference); err != nil {
				wrong = append(wrong, err)
			}
		}
		if len(words) == 4 && strings.EqualFold(words[2], "AS") {
			stages = append(stages, words[3])
		}
	}
	return images, wrong
}

func TestWhatIsPinned(t *testing.T) {
	const sha, digest = "3d3c42e5aac5ba805825da76410c181273ba90b1", "@sha256:f1f0bcc2c524a3ced375fcb4d1ecb7aa371aa7070e112599aaca45cc02d0101b"
	const image = "docker.io/library/golang:1.26.9" + digest
	for rest, good := range map[string]bool{
		"actions/checkout@" + sha + " # v7.0.1":      true,
		"actions/cache/save@" + sha + " # v7.0.1":    true,
		"./.github/actions/ours":                     true,
		"docker://" + image:                          true,
		"actions/checkout@v7":                        false,
		"actions/checkout@main":                      false,
		"actions/checkout":                           false,
		"actions/checkout@" + sha:                    false, // which version?
		"actions/checkout@" + sha + " # v7":          false, // a tag that moves
		"actions/checkout@" + sha[:12] + " # v7.0.1": false,
		"docker://golang:1.26":                       false,
	} {
		if err := badAction(rest); (err == nil) != good {
			t.Errorf("uses: %s: %v", rest, err)
		}
	}
	for dockerfile, good := range map[string]bool{
		"FROM " + image + " AS build\nFROM scratch\nCOPY --from=build /a /b\n":        true,
		"FROM --platform=$BUILDPLATFORM " + image + " AS build\nFROM build AS last\n": true,
		"FROM golang:1.26":                                                 false,
		"FROM golang:1.26.9" + digest:                                      false,
		"FROM library/golang:1.26.9" + digest:                              false,
		"FROM docker.io/library/golang:1.26.9":                             false,
		"FROM docker.io/library/golang" + digest:                           false, // which version?
		"from \\\n  golang:1.26":                                           false,
		"FROM scratch\nCOPY --from=alpine /a /b\n":                         false,
		"FROM scratch\nRUN --mount=type=bind,from=alpine,target=/x true\n": false,
		"FROM later\nFROM " + image + " AS later\n":                        false,
	} {
		if images, wrong := badStages(dockerfile); images == 0 || (len(wrong) == 0) != good {
			t.Errorf("%q: %v", dockerfile, wrong)
		}
	}
}

func TestActionsAndImagesArePinned(t *testing.T) {
	names := regexp.MustCompile(`^[\s-]*(uses|image|container):\s*(.*)`)
	actions, images := 0, 0
	for _, file := range files(t) {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(filepath.Base(file), "Dockerfile") {
			n, wrong := badStages(string(content))
			images += n
			for _, err := range wrong {
				t.Errorf("%s: %v", file, err)
			}
			continue
		}
		for line := range strings.Lines(string(content)) {
			found := names.FindStringSubmatch(line)
			switch {
			case found == nil:
				continue
			case found[1] == "uses":
				actions++
				err = badAction(found[2])
			default:
				images++
				err = badImage(strings.TrimSpace(found[2]))
			}
			if err != nil {
				t.Errorf("%s: %v", file, err)
			}
		}
	}
	if actions < 5 || images < 2 {
		t.Errorf("only %d actions and %d images found", actions, images)
	}
}

// TestCheckoutsKeepNoCredentials keeps the token of the workflow out of .git/config, where every later step could read it.
func TestCheckoutsKeepNoCredentials(t *testing.T) {
	var found int
	for _, file := range files(t) {
		if filepath.Ext(file) != ".yml" && filepath.Ext(file) != ".yaml" {
			continue
		}
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		named := strings.Count(string(content), "actions/checkout@")
		if named == 0 {
			continue
		}
		var workflow struct {
			Jobs map[string]struct {
				Steps []struct {
					Uses string
					With map[string]any
				}
			}
		}
		if err := yaml.Unmarshal(content, &workflow); err != nil {
			t.Errorf("%s: %v", file, err)
		}
		for _, job := range workflow.Jobs {
			for _, step := range job.Steps {
				if !strings.HasPrefix(step.Uses, "actions/checkout@") {
					continue
				}
				found, named = found+1, named-1
				if step.With["persist-credentials"] != false {
					t.Errorf("%s: a checkout without persist-credentials: false", file)
				}
			}
		}
		if named != 0 {
			t.Errorf("%s: %d checkouts are not steps of a job", file, named)
		}
	}
	if found < 2 {
		t.Errorf("only %d checkouts found", found)
	}
}

// files returns the files of the repository that can name an action or an image.
func files(t *testing.T) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := entry.Name()
		if entry.IsDir() && slices.Contains([]string{".git", "node_modules", "dist"}, base) {
			return fs.SkipDir
		}
		if slices.Contains([]string{".yml", ".yaml", ".md"}, filepath.Ext(base)) || strings.Contains(base, "Dockerfile") {
			found = append(found, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
