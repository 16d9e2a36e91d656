package door

import "akhra.dev/akhra/propose"

// TakenView counts proposals that were wrong on purpose.
type TakenView struct {
	Accepted int `json:"accepted"`
	Of       int `json:"of"`
}

// ViewTaken shows how wrong proposals were taken.
func ViewTaken(t propose.Taken) TakenView { return TakenView{t.Accepted, t.Of} }
