package akhra

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
	ActManagePeople   Act = "manage-people"   // add and list people
	ActListProjects   Act = "list-projects"   // see the projects one works in
	ActManageProject  Act = "manage-project"  // create, change a project, its classes
	ActAddPictures    Act = "add-pictures"    // upload and import
	ActSeeProgress    Act = "see-progress"    // the project page: curve, report card
	ActSeePictures    Act = "see-pictures"    // picture bytes
	ActBrowse         Act = "browse"          // items with posteriors, what taught it this
	ActAnnotate       Act = "annotate"        // lease tasks, send answers
	ActExport         Act = "export"          // consensus and votes out
	ActSeeJobs        Act = "see-jobs"        // progress of long work
	ActOperateProcess Act = "operate-process" // server-wide operation
)

// may is the one permission table: default deny.
var may = map[Act][]Role{
	ActSignedIn:       {Owner, Manager, Reviewer, Annotator, Client},
	ActManagePeople:   {Owner},
	ActListProjects:   {Owner, Manager, Reviewer, Annotator, Client},
	ActManageProject:  {Owner, Manager},
	ActAddPictures:    {Owner, Manager},
	ActSeeProgress:    {Owner, Manager, Reviewer, Annotator, Client},
	ActSeePictures:    {Owner, Manager, Reviewer, Annotator, Client},
	ActBrowse:         {Owner, Manager, Reviewer, Client},
	ActAnnotate:       {Owner, Manager, Reviewer, Annotator},
	ActExport:         {Owner, Manager, Client},
	ActSeeJobs:        {Owner, Manager},
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
