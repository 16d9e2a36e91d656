package akhra

// Appeal is a request that a person look again at a settled task: an
// annotator's, whose answer differs, or that of somebody who leads and thinks
// the class may be wrong. It is open until the task is reviewed after it. One
// may ask once for a task.
type Appeal struct {
	Task      TaskID
	Item      ItemID
	Annotator UserID // who asks
	Created   Millis
}
