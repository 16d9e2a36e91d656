package model

import (
	"slices"

	"akhra.dev/akhra"
)

// About is what a file says of itself.
type About struct {
	Project     string       `json:"project"`
	Version     int64        `json:"version"` // of the model
	Taught      int          `json:"taught"`  // pictures it was taught by
	Created     akhra.Millis `json:"created_ms"`
	Classes     []Class      `json:"classes"` // in the order of the probabilities
	Temperature float64      `json:"temperature"`
	Limit       float64      `json:"limit"` // no probability is larger; 1 is no limit
	Networks    []Network    `json:"networks"`
}

// Class is one thing a picture can be.
type Class struct {
	ID   akhra.ClassID `json:"id"`
	Name string        `json:"name"`
}

// Network tells how pictures are fed to a network and what it must give.
type Network struct {
	Name   string              `json:"name"`
	SHA256 string              `json:"sha256"`
	Dim    int                 `json:"dim"`
	Input  akhra.BackboneInput `json:"input"`
	Check  []float32           `json:"check"` // as in akhra.Backbone
	File   []byte              `json:"-"`     // ONNX
}

// Backbone is the network as the platform knows it.
func (n *Network) Backbone() akhra.Backbone {
	return akhra.Backbone{Name: n.Name, Blob: n.SHA256, Dim: n.Dim, Input: n.Input, Check: n.Check}
}

// Names are those of the classes, in the order of the probabilities.
func (a *About) Names() []string {
	names := make([]string, len(a.Classes))
	for i, c := range a.Classes {
		names[i] = c.Name
	}
	return names
}

// validate tells what is wrong with numbers that telling depends on.
func (a *About) validate() error {
	switch {
	case len(a.Classes) < 2 || len(a.Classes) > akhra.MaxClasses:
		return damaged("it has %d classes", len(a.Classes))
	case slices.ContainsFunc(a.Classes, func(c Class) bool { return c.Name == "" }):
		return damaged("a class has no name")
	case !(a.Temperature >= .01 && a.Temperature <= 100):
		return damaged("its temperature is %v", a.Temperature)
	case !(a.Limit >= .5 && a.Limit <= 1):
		return damaged("its limit is %v", a.Limit)
	case len(a.Networks) > akhra.MaxBackbones:
		return damaged("it has %d networks", len(a.Networks))
	}
	for _, n := range a.Networks {
		b := n.Backbone()
		if err := b.Validate(); err != nil {
			return err
		}
	}
	return nil
}
