package akhra

// Row is one delivered item of a dataset.
type Row struct {
	Item         ItemID
	Name         string
	Blob         string
	Class        string  // class name, "" when undecided
	Posterior    float64 // of Class
	Answers      int
	State        TaskState
	Source       string // "people", "model", "people and model" or ""
	Method       string
	ModelVersion int64
}

// Vote is one person's standing answer, as delivered.
type Vote struct {
	Item      ItemID
	Name      string
	Annotator string // pseudonym or name, as the reader may see
	Answer    Answer
	Class     string
	Reason    string
	AfterSeen bool
	Round     int
	Stored    Millis
	TookMs    int64
	ID        AnnotationID
}
