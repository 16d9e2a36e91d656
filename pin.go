package akhra

// Limits of guessing a PIN. A PIN of six digits is only the second of two
// factors; by a day's guesses a full search takes 137 years.
const (
	PINDigits           = 6
	PINRun              = 5           // wrong ones in a row before a pause
	PINPause            = 15 * 60_000 // milliseconds
	PINDayPerson        = 20          // wrong ones a day of one person, over all devices
	PINDayDevice        = 100         // wrong ones a day on one device, over all people
	pinDay       Millis = 24 * 3600_000
)

// ValidatePIN tells whether a PIN is six digits and not one that everybody
// tries first.
func ValidatePIN(pin string) error {
	if len(pin) != PINDigits {
		return InvalidField("pin", "A PIN has %d digits.", PINDigits)
	}
	same, up, down := true, true, true
	for i := range len(pin) {
		if pin[i] < '0' || pin[i] > '9' {
			return InvalidField("pin", "A PIN has digits only.")
		}
		if i > 0 {
			same = same && pin[i] == pin[i-1]
			up = up && pin[i] == pin[i-1]+1
			down = down && pin[i] == pin[i-1]-1
		}
	}
	if same || up || down {
		return InvalidField("pin", "This PIN is too easy to guess. Please choose another.")
	}
	return nil
}

// PINGuesses counts wrong PINs of a person, or on a device.
type PINGuesses struct {
	Day    Millis // the UTC day they are of
	Wrong  int    // on that day
	Run    int    // since the last right one
	Paused Millis // no guess before
	Locked bool   // until somebody who leads her unlocks it
}

// Guess counts one guess as wrong before it is looked at, so that many at once
// cannot pass together; Right takes it back. It fails with too_many during a
// pause, after perDay wrong ones of a day and while locked. Only a person's
// count pauses and locks; a device's starts anew each day.
func (g *PINGuesses) Guess(now Millis, perDay int, person bool) error {
	if day := now / pinDay; day != g.Day {
		g.Day, g.Wrong = day, 0
	}
	switch {
	case g.Locked:
		return Errorf(TooMany, "This PIN is locked. Whoever leads the centre can unlock it.")
	case now < g.Paused:
		return Errorf(TooMany, "Too many wrong PINs. Please wait a quarter of an hour, or sign in with the password.")
	case g.Wrong >= perDay && !person:
		return Errorf(TooMany, "Too many wrong PINs on this device today. Please sign in with a password.")
	}
	g.Wrong++
	g.Run++
	if !person {
		return nil
	}
	if g.Run%PINRun == 0 {
		g.Paused = now + PINPause
	}
	g.Locked = g.Wrong >= perDay
	return nil
}

// Right takes back what Guess counted for a PIN that was right.
func (g *PINGuesses) Right() {
	g.Wrong = max(0, g.Wrong-1)
	g.Run, g.Paused, g.Locked = 0, 0, false
}
