package akhra

import "time"

// Item is one picture of a project. Width and Height are upright pixels.
type Item struct {
	ID       ItemID
	Blob     string // SHA-256 of the original bytes, hex
	Name     string // file name as it came, text only, never a path on our disk
	Width    int
	Height   int
	Variants [3]string // blob hashes of the 320, 720 and 1440 px pictures
	Thumb    string    // blob hash of the 64x64 RGB squash that embedders read, 12,288 bytes
	Batch    BatchID   // "" for none
	Seq      int64     // order of arrival in the project, from 1
	Created  Millis
	Removed  Millis // when somebody took it out of the project, 0 while it is in
}

// Size is how wide and high a picture is, in pixels, upright.
type Size struct{ Width, Height int }

// KeptRemoved is how long a removed picture can be brought back.
const KeptRemoved = 30 * 24 * time.Hour

// VariantSides are the long sides of an Item's Variants in pixels.
var VariantSides = [3]int{320, 720, 1440}
