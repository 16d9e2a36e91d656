package akhra

// MaxDevicePeople is how many people may share one device.
const MaxDevicePeople = 60

// Device is a browser that several people share: each signs in there with her
// PIN. The key it was given when it was enrolled is the first factor; only its
// SHA-256 is kept.
type Device struct {
	ID       DeviceID
	Org      OrgID
	Name     string // where it stands, "PC by the window"
	KeyHash  string // hex SHA-256 of the key in its cookie, empty until it is enrolled
	People   []UserID
	By       UserID // who made it
	Created  Millis
	Enrolled Millis
}

// Validate tells what is wrong with a device.
func (d *Device) Validate() error {
	if err := cleanText("device name", d.Name, MaxNameLetters); err != nil {
		return err
	}
	if len(d.People) > MaxDevicePeople {
		return InvalidField("people", "At most %d people share one device.", MaxDevicePeople)
	}
	return nil
}
