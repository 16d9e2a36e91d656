package akhra

// Sizes of a grid.
const (
	GridTiles = 24 // pictures of one class that are confirmed at once, at most
	GridLeast = 6  // fewer are asked one by one
)

// GridPlace tells how an assignment belongs to a grid.
type GridPlace int

// The places of an assignment.
const (
	NoGrid    GridPlace = iota
	GridTile            // in a grid: the class stands over it, she confirms it or strikes it out
	AfterGrid           // asked by itself after a grid, with nothing put to her: what she struck out, and the share that stays blind
)

// Grid is pictures that a model is sure show one class, all put to one person
// on one page. Some are wrong on purpose.
type Grid struct {
	Class   ClassID
	Tiles   []Assignment
	First   int         // questions of her last grid that come before the next one
	Classes []GridClass // that she can have a grid of; filled only where she has none open
}

// GridClass is a class that a grid can be made of.
type GridClass struct {
	Class    ClassID
	Pictures int // that the model is sure of and that want an answer; counted up to some hundred
}
