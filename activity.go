package akhra

// ActivityStep is how finely activity is counted, in milliseconds: time zones
// differ by quarters of an hour, so that every day anywhere is a sum of steps.
const ActivityStep = 15 * 60_000

// Activity is how many answers one annotator gave within one ActivityStep;
// skips and what she took back do not count.
type Activity struct {
	From    Millis
	Answers int
}
