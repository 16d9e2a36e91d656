package akhra

// Entry is what people look for a picture by: what is settled of it, in its
// newest round, and what was said.
type Entry struct {
	Item    ItemID
	Seq     int64  // order of arrival in the project, from 1
	Name    string // of the file
	Came    Millis
	Removed bool
	Batch   BatchID // "" for none
	Task    TaskID  // the newest
	Round   int     // of it
	Audit   bool    // the task proves a promise: nobody is told what the model thinks of it
	Class   ClassID
	P       float64 // posterior of Class
	Asked   int     // answers of the newest round, "not sure" included
	State   TaskState
	Gold    ClassID // known answer
}

// Voice is one answer as an entry knows it. One that replaces another takes its
// place; an undo and a skip leave none.
type Voice struct {
	Item      ItemID
	Task      TaskID
	Annotator UserID
	Answer    Answer
	Class     ClassID
	Replaces  AnnotationID
	Stored    Millis
}
