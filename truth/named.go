package truth

import (
	"fmt"
	"slices"
	"strings"
)

// Method is a way from answers to the truth, with its settings.
type Method interface {
	// Fit fails when the settings do not match the votes, or when the method
	// would need more memory than is sensible.
	Fit(*Votes) (*Result, error)
}

// methods are the ones a person may name. Those without use for a setting
// leave it alone.
var methods = map[string]func(Settings) Method{
	"auto":     func(s Settings) Method { return Auto{s} },
	"majority": func(Settings) Method { return Majority{} },
	"wawa":     func(Settings) Method { return Wawa{} },
	"ds":       func(s Settings) Method { return DawidSkene{s} },
	"bds":      func(s Settings) Method { return BackedOff{s} },
	"one-coin": func(s Settings) Method { return OneCoin{s} },
	"glad":     func(s Settings) Method { return GLAD{s} },
	"ebcc":     func(s Settings) Method { return EBCC{Settings: s} },
	"ibcc":     func(s Settings) Method { return IBCC{s} },
}

// Named is the method of a name, such as "auto"; it fails when there is none,
// and says which there are.
func Named(name string, s Settings) (Method, error) {
	make, known := methods[name]
	if !known {
		return nil, fmt.Errorf("there is no method %q; there are %s", name, strings.Join(Names(), ", "))
	}
	return make(s), nil
}

// Names lists the methods from the one that fits by itself to the special
// ones.
func Names() []string {
	names := []string{"auto", "majority", "wawa", "ds", "bds", "one-coin", "glad", "ibcc", "ebcc"}
	return slices.DeleteFunc(names, func(name string) bool { return methods[name] == nil })
}
