package ingest

// maxReasons is how many refusals a report tells one by one.
const maxReasons = 100

// Report counts what became of the pictures of an import. Done of Total are
// settled: imported ones are stored.
type Report struct {
	Imported, Known, Refused int
	Done, Total              int
	Reasons                  []Refusal // the first 100
}

// Refusal says why one picture was not taken.
type Refusal struct{ Name, Reason string }

func (r *Report) count(result Result) {
	r.Done++
	switch result.Outcome {
	case Imported:
		r.Imported++
	case Known:
		r.Known++
	default:
		r.Refused++
		if len(r.Reasons) < maxReasons {
			r.Reasons = append(r.Reasons, Refusal{result.Item.Name, result.Reason})
		}
	}
}
