package people

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
)

// deviceLife is how long a browser keeps the key of a shared device.
const deviceLife = 400 * 24 * time.Hour

// ThisDevice is who may sign in with a PIN on the device that asks.
type ThisDevice struct {
	Name   string     `json:"name"`
	People []FaceView `json:"people"`
}

// FaceView is somebody to choose on a shared device.
type FaceView struct {
	ID       akhra.UserID `json:"id"`
	Name     string       `json:"name"`
	Language string       `json:"language"`
	PIN      bool         `json:"pin" doc:"She has a PIN"`
}

// pinBody is who she says she is, and her PIN.
type pinBody struct {
	User akhra.UserID `json:"user" maxLength:"40"`
	PIN  string       `json:"pin" maxLength:"6"`
}

// ownPIN is the PIN one chooses for oneself.
type ownPIN struct {
	Body struct {
		PIN string `json:"pin" maxLength:"6"`
	}
}

func (a *room) routePIN() {
	a.Plain("this-device", a.thisDevice, door.Answers[ThisDevice](a.Door))
	a.Plain("sign-in-pin", a.signInPIN, door.Shapes(door.Takes[pinBody](a.Door), door.Answers[Me](a.Door)))
	door.Register(a.Door, "set-own-pin", func(ctx context.Context, in *ownPIN) (*struct{}, error) {
		return nil, a.setPIN(ctx, door.CallerIn(ctx).User, in.Body.PIN)
	})
}

func (a *room) setPIN(ctx context.Context, u akhra.User, pin string) error {
	if !u.Role.UsesPIN() {
		return akhra.Errorf(akhra.Forbidden, "Only people who answer or review sign in with a PIN. Whoever leads or receives has a password.")
	}
	if err := akhra.ValidatePIN(pin); err != nil {
		return err
	}
	hash, err := a.passwords.hash(ctx, a.peppered(u, pin))
	if err != nil {
		return err
	}
	err = a.DB.SetPIN(ctx, u.Org, u.ID, hash)
	a.ForgetSessions()
	return err
}

// peppered mixes a PIN with a key that is not in the database, so that a copy
// of the database alone tells no PIN.
func (a *room) peppered(u akhra.User, pin string) string {
	mac := hmac.New(sha256.New, a.Pepper)
	fmt.Fprintf(mac, "pin %d:%s %d:%s", len(u.ID), u.ID, len(pin), pin)
	return base64.RawStdEncoding.EncodeToString(mac.Sum(nil))
}

// device is the shared device a request comes from; not found on any other
// browser. A PIN needs a line that nobody listens to.
func (a *room) device(r *http.Request) (akhra.Device, error) {
	nothing := akhra.Errorf(akhra.NotFound, "This device is not enrolled.")
	cookie, err := r.Cookie(a.deviceCookie(r))
	if err != nil || cookie.Value == "" {
		return akhra.Device{}, nothing
	}
	if !a.IsHTTPS(r) && !door.IsLoopback(r.Host) {
		return akhra.Device{}, akhra.Errorf(akhra.Forbidden, "A PIN is only safe over https. Please sign in with the password.")
	}
	d, err := a.DB.DeviceByKey(r.Context(), door.HashToken(cookie.Value))
	if akhra.CodeOf(err) == akhra.NotFound {
		return d, nothing
	}
	return d, err
}

func (a *room) deviceCookie(r *http.Request) string { return a.CookieName(r) + "-device" }

func (a *room) thisDevice(w http.ResponseWriter, r *http.Request) error {
	d, err := a.device(r)
	if err != nil {
		return err
	}
	view := ThisDevice{Name: d.Name, People: []FaceView{}}
	for _, id := range d.People {
		u, err := a.DB.User(r.Context(), d.Org, id)
		if err != nil {
			return fmt.Errorf("find who shares a device: %w", err)
		}
		if u.Role.UsesPIN() {
			view.People = append(view.People, FaceView{u.ID, u.Name, u.Language, u.PINHash != ""})
		}
	}
	door.WriteJSON(w, http.StatusOK, door.JSONType, view)
	return nil
}

func (a *room) signInPIN(w http.ResponseWriter, r *http.Request) error {
	var in pinBody
	if err := door.ReadJSON(r, &in); err != nil {
		return err
	}
	d, err := a.device(r)
	if err != nil {
		return err
	}
	u, err := a.DB.GuessPIN(r.Context(), d, in.User)
	if err != nil {
		return err
	}
	right, err := a.passwords.check(r.Context(), u.PINHash, a.peppered(u, in.PIN))
	if err != nil {
		return err
	}
	if !right || !u.Role.UsesPIN() {
		return akhra.Errorf(akhra.Unauthorized, "The PIN is not right.")
	}
	if err := a.DB.RightPIN(r.Context(), d, u.ID); err != nil {
		return err
	}
	return a.enter(w, r, u, d.ID)
}
