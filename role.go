package akhra

import "slices"

// Role is what a person is in an organisation.
type Role string

// The roles people have. Anything else, the empty role included, may nothing.
const (
	Owner     Role = "owner"
	Manager   Role = "manager"
	Reviewer  Role = "reviewer"
	Annotator Role = "annotator"
	Client    Role = "client"
)

// Act is something a person may do. Every operation of the API names one.
type Act string

// The acts of the platform.
const (
	ActSignedIn       Act = "signed-in"       // see and end one's own session
	ActOwnAccount     Act = "own-account"     // one's own PIN and sessions; not in a session opened by a PIN
	ActManagePeople   Act = "manage-people"   // add, list, change and remove people, enrol shared devices
	ActEndSessions    Act = "end-sessions"    // see and end the sessions of others
	ActListProjects   Act = "list-projects"   // see the projects one works in
	ActManageProject  Act = "manage-project"  // create, change a project, its classes
	ActEraseProject   Act = "erase-project"   // delete a project for good
	ActAddPictures    Act = "add-pictures"    // upload and import
	ActSeeProgress    Act = "see-progress"    // the project page: curve, report card
	ActSeePictures    Act = "see-pictures"    // picture bytes
	ActBrowse         Act = "browse"          // items with posteriors, what taught it this
	ActAnnotate       Act = "annotate"        // lease tasks, send answers
	ActExport         Act = "export"          // consensus and votes out
	ActReview         Act = "review"          // decide what people could not agree on
	ActSetGold        Act = "set-gold"        // say which answers are known
	ActSeeSkills      Act = "see-skills"      // how reliable each annotator is
	ActSeeOwnWork     Act = "see-own-work"    // one's own answers and reliability
	ActSeeJobs        Act = "see-jobs"        // progress of long work
	ActBringAnswers   Act = "bring-answers"   // bring in a file of somebody's answers that her device could not send
	ActConnect        Act = "connect"         // let programs in by tokens, tell addresses by webhooks
	ActOperateProcess Act = "operate-process" // server-wide operation
)

// may is the one permission table: default deny.
var may = map[Act][]Role{
	ActSignedIn:       {Owner, Manager, Reviewer, Annotator, Client},
	ActOwnAccount:     {Owner, Manager, Reviewer, Annotator, Client},
	ActManagePeople:   {Owner, Manager},
	ActEndSessions:    {Owner},
	ActListProjects:   {Owner, Manager, Reviewer, Annotator, Client},
	ActManageProject:  {Owner, Manager},
	ActEraseProject:   {Owner},
	ActAddPictures:    {Owner, Manager},
	ActSeeProgress:    {Owner, Manager, Reviewer, Annotator, Client},
	ActSeePictures:    {Owner, Manager, Reviewer, Annotator, Client},
	ActBrowse:         {Owner, Manager, Reviewer},
	ActAnnotate:       {Owner, Manager, Reviewer, Annotator},
	ActExport:         {Owner, Manager, Client},
	ActReview:         {Owner, Manager, Reviewer},
	ActSetGold:        {Owner, Manager},
	ActSeeSkills:      {Owner, Manager},
	ActSeeOwnWork:     {Owner, Manager, Reviewer, Annotator},
	ActSeeJobs:        {Owner, Manager},
	ActBringAnswers:   {Owner, Manager},
	ActConnect:        {Owner, Manager},
	ActOperateProcess: {Owner},
}

// May tells whether a role may do an act. Unknown roles and acts may not.
func May(role Role, act Act) bool {
	for _, r := range may[act] {
		if r == role {
			return true
		}
	}
	return false
}

// MayRoles lists the roles that may do an act, for the API document.
func MayRoles(act Act) []Role { return append([]Role(nil), may[act]...) }

// Valid tells whether r is one of the roles.
func (r Role) Valid() bool { return May(r, ActSignedIn) }

// Leads tells whether r may invite, change and remove people of another role:
// an owner everybody, a manager those who answer, review or receive.
func (r Role) Leads(other Role) bool {
	switch other {
	case Owner, Manager:
		return r == Owner
	case Reviewer, Annotator, Client:
		return r == Owner || r == Manager
	}
	return false
}

// Given tells whether a role sees only the projects it was given.
func (r Role) Given() bool { return r == Client }

// UsesPIN tells whether people of a role may share a device and sign in there
// with a PIN: those who answer or review. Whoever leads has a password.
func (r Role) UsesPIN() bool { return r == Reviewer || r == Annotator }

// withPIN are the acts of a session that was opened by a PIN: what it takes to
// answer and to see one's own work. Anything else wants the password.
var withPIN = []Act{ActSignedIn, ActListProjects, ActSeeProgress, ActSeePictures, ActAnnotate, ActSeeOwnWork}

// MayWithPIN tells whether a role may do an act in a session opened by a PIN.
func MayWithPIN(role Role, act Act) bool { return May(role, act) && slices.Contains(withPIN, act) }
