package dataset

import (
	"path"
	"strings"

	"akhra.dev/akhra"
)

// Names finds a project's pictures by the file names in tables. A table may
// leave out the leading folders of a picture's name, or have more of them, as
// long as one picture alone is meant. The zero value holds none.
type Names struct {
	byBase map[string][]named
}

type named struct {
	name string
	item akhra.ItemID
}

// Add makes a picture findable under the name it came with.
func (n *Names) Add(name string, item akhra.ItemID) {
	if n.byBase == nil {
		n.byBase = map[string][]named{}
	}
	name = slashed(name)
	n.byBase[path.Base(name)] = append(n.byBase[path.Base(name)], named{name, item})
}

// Find returns the picture that a file name means, or a sentence why none is.
func (n *Names) Find(file string) (akhra.ItemID, error) {
	file = slashed(file)
	var found []named
	for _, one := range n.byBase[path.Base(file)] {
		if one.name == file {
			return one.item, nil
		}
		if endsWith(one.name, file) || endsWith(file, one.name) {
			found = append(found, one)
		}
	}
	switch len(found) {
	case 0:
		return "", akhra.InvalidField("file", "The project has no picture called %q.", short(file))
	case 1:
		return found[0].item, nil
	}
	return "", akhra.InvalidField("file", "The project has several pictures called %q, one of them %q. Write the folder before the name.", short(file), short(found[0].name))
}

// endsWith tells whether the last folders and the name of long are short.
func endsWith(long, short string) bool { return strings.HasSuffix(long, "/"+short) }

func slashed(name string) string {
	return strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "./")
}

// short is a name as a sentence may carry it: its end tells most.
func short(name string) string {
	const most = 120
	if letters := []rune(name); len(letters) > most {
		return "..." + string(letters[len(letters)-most:])
	}
	return name
}
