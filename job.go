package akhra

// JobState says where a long piece of work stands.
type JobState string

// The states of a job.
const (
	JobWaiting   JobState = "waiting"
	JobRunning   JobState = "running"
	JobDone      JobState = "done"
	JobFailed    JobState = "failed"
	JobCancelled JobState = "cancelled"
)

// Job kinds.
const (
	JobImport = "import" // bring pictures in from an uploaded zip or folder
	JobEmbed  = "embed"  // compute vectors of items that have none
	JobChange = "change" // do something to many pictures, or take it back
	JobFreeze = "freeze" // freeze what the project delivers as a dataset
	JobTable  = "table"  // bring an uploaded table in
	JobErase  = "erase"  // erase a project for good
	JobFree   = "free"   // take away files that only erased projects named
)

// Job is a long, resumable, idempotent piece of work whose progress people see.
type Job struct {
	ID       JobID
	Project  ProjectID
	Kind     string
	Args     string // JSON, read by the kind's runner
	Done     int
	Total    int
	Note     string // result or what it is doing, JSON for import
	State    JobState
	Cancel   bool
	Attempt  int
	RunAt    Millis
	LeaseEnd Millis
	Created  Millis
}
