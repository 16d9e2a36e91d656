package akhra

import "time"

// PackID names a pack; it is made on the device, so that taking it twice is
// taking it once.
type PackID string

// Sizes of a pack.
const (
	MaxPack   = 1000           // tasks
	PackLease = 48 * time.Hour // a day's work and the way back
)

// Pack is tasks that a person takes to a place without a network. They stay
// hers until it is over or she gives the rest back; an answer that comes later
// still counts.
type Pack struct {
	ID        PackID
	Annotator UserID
	Size      int // tasks at most
	Taken     Millis
	Until     Millis
	Returned  Millis // 0 while it is out
	Open      int    // tasks that are not answered; filled in when read
}

// Validate tells what is wrong with a pack that is to be taken.
func (p *Pack) Validate() error {
	if !ValidID(string(p.ID)) {
		return InvalidField("pack", "The pack has no valid id.")
	}
	if p.Size < 1 || p.Size > MaxPack {
		return InvalidField("n", "A pack has 1 to %d pictures.", MaxPack)
	}
	return nil
}
