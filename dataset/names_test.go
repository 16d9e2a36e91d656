package dataset

import (
	"fmt"
	"strings"
	"testing"

	"akhra.dev/akhra"
)

func pictures(names ...string) *Names {
	var n Names
	for i, name := range names {
		n.Add(name, akhra.ItemID(fmt.Sprint("i", i)))
	}
	return &n
}

func TestAPictureIsFoundByTheEndOfItsName(t *testing.T) {
	t.Parallel()
	names := pictures("beetle/1.png", "leaf/1.png", "leaf/2.png", "3.png", "leaf/old/2.png")
	for file, want := range map[string]string{
		"leaf/1.png": "i1", "all/leaf/1.png": "i1", `leaf\1.png`: "i1", "./beetle/1.png": "i0", "3.png": "i3", "sub/3.png": "i3", "old/2.png": "i4",
		"1.png": "several", "2.png": "several", "4.png": "no picture", "moth/1.png": "no picture", "f/1.png": "no picture", "": "no picture",
	} {
		got, err := names.Find(file)
		if err != nil && !strings.Contains(err.Error(), want) || err == nil && string(got) != want {
			t.Errorf("%q is %q, %v, want %s", file, got, err, want)
		}
	}
}
