package load

import (
	"context"
	"time"

	"akhra.dev/akhra"
)

// Plan says how a load is made.
type Plan struct {
	Rate        float64       // answers a second that fall due
	Think       time.Duration // median of a person's time per answer; 0 for none: a connection is one person, who answers when her last answer is acknowledged
	Length      time.Duration
	Connections int // which the people share
	Listeners   int // open event streams beside them
	Seed        uint64
}

// The habits of people.
const (
	thinkSpread  = 0.6 // sigma of the lognormal time per answer
	thinkMean    = 1.2 // mean by median of that
	leaseSize    = 10
	leaseAhead   = 2   // tasks left when the next are leased
	wrongShare   = 0.1 // of answers, one class as likely as another
	undoShare    = 0.02
	undoWithin   = 5 * time.Second
	awayShare    = 0.05 // of people, alone
	siteSize     = 20   // people
	siteAway     = 0.1  // of sites, all their people together
	awayMost     = 0.3  // of the length, without a network
	perManager   = 50
	lookEvery    = 15 * time.Second // a manager at her project's page
	perProject   = 1000             // people who work in one project
	askedOfEach  = 15               // people who answer each picture
	spareShare   = 1.5              // tasks made for each answer that falls due
	burstLargest = akhra.MaxSyncBatch
)

// People is how many must think to make the plan's rate.
func (p Plan) People() int {
	if p.Think == 0 {
		return p.Connections
	}
	return max(1, int(p.Rate*thinkMean*p.Think.Seconds()+0.5))
}

// Target is the server that is tried.
type Target struct {
	Base     string // where it answers
	People   []Person
	Projects []Project
	Owner    string // cookie of somebody who may take data away and see progress

	Alone  bool                                   // nobody else answers in these projects
	Lag    func(context.Context) (float64, error) // seconds until the log's consumers stood at its head; nil when that cannot be seen
	Memory func() int64                           // bytes, nil when they cannot be seen
	CPU    func() time.Duration                   // of server and generator so far, nil when that cannot be seen
}

// Person is one annotator who is signed in.
type Person struct {
	Name    string // as exports name her
	Cookie  string
	Project int // place of hers in the target
}

// Project is one in which people answer.
type Project struct {
	ID      akhra.ProjectID
	Classes []akhra.Class
}
