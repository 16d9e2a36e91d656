package akhra

import "akhra.dev/akhra/census"

// Figures are what one person's standing answers in a project add up to.
type Figures struct {
	Annotator UserID `json:"-"`
	Version   int    `json:"version"` // of the label set whose live classes the sums follow
	Seq       Seq    `json:"-"`       // answers were seen up to here
	census.Sums
}
