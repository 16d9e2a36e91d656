package people

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
)

// DeviceList is the devices that people of an organisation share.
type DeviceList struct {
	Devices []DeviceView `json:"devices"`
}

// DeviceView is one of them.
type DeviceView struct {
	ID       akhra.DeviceID `json:"id"`
	Name     string         `json:"name"`
	People   []akhra.UserID `json:"people"`
	Enrolled akhra.Millis   `json:"enrolled" doc:"0 while no browser opened its link"`
}

// DeviceChange is a device's name and who signs in there.
type DeviceChange struct {
	Name   string         `json:"name" maxLength:"80"`
	People []akhra.UserID `json:"people" maxItems:"60"`
}

// InDevice is the input of an operation on a shared device.
type InDevice struct {
	Device akhra.DeviceID `path:"device" maxLength:"40"`
}

func (a *room) routeDevices() {
	door.Register(a.Door, "devices", func(ctx context.Context, _ *door.None) (*door.Body[DeviceList], error) {
		return door.Answer(a.devices(ctx, door.CallerIn(ctx)))
	})
	type put struct {
		InDevice
		Body DeviceChange
	}
	door.Register(a.Door, "put-device", func(ctx context.Context, in *put) (*door.Body[DeviceView], error) {
		return door.Answer(a.putDevice(ctx, door.CallerIn(ctx), in.Device, in.Body))
	})
	a.Plain("enrol-device", a.deviceLink, door.Shapes(door.Params("path", "device"), door.Answers[NewLinkView](a.Door)))
	door.Register(a.Door, "remove-device", func(ctx context.Context, in *InDevice) (*struct{}, error) {
		c := door.CallerIn(ctx)
		err := a.DB.RemoveDevice(ctx, c.User.Org, in.Device, c.User.ID)
		a.ForgetSessions()
		return nil, err
	})
}

func (a *room) devices(ctx context.Context, c *door.Caller) (DeviceList, error) {
	all, err := a.DB.Devices(ctx, c.User.Org)
	out := DeviceList{Devices: []DeviceView{}}
	for _, d := range all {
		out.Devices = append(out.Devices, viewDevice(d))
	}
	return out, err
}

func viewDevice(d akhra.Device) DeviceView {
	if d.People == nil {
		d.People = []akhra.UserID{}
	}
	return DeviceView{d.ID, d.Name, d.People, d.Enrolled}
}

func (a *room) putDevice(ctx context.Context, c *door.Caller, id akhra.DeviceID, in DeviceChange) (DeviceView, error) {
	if !akhra.ValidID(string(id)) {
		return DeviceView{}, akhra.InvalidField("device", "The device has no valid id.")
	}
	for _, who := range in.People {
		u, err := a.DB.User(ctx, c.User.Org, who)
		if err != nil {
			return DeviceView{}, err
		}
		if !u.Role.UsesPIN() {
			return DeviceView{}, akhra.InvalidField("people", "Only people who answer or review share a device. Whoever leads signs in with the password.")
		}
	}
	d := akhra.Device{ID: id, Org: c.User.Org, Name: strings.TrimSpace(in.Name), People: in.People}
	if err := a.DB.PutDevice(ctx, d, c.User.ID); err != nil {
		return DeviceView{}, err
	}
	a.ForgetSessions()
	all, err := a.DB.Devices(ctx, c.User.Org)
	for _, stored := range all {
		if stored.ID == id {
			d = stored
		}
	}
	return viewDevice(d), err
}

func (a *room) deviceLink(w http.ResponseWriter, r *http.Request) error {
	c := door.CallerIn(r.Context())
	id := akhra.DeviceID(r.PathValue("device"))
	all, err := a.DB.Devices(r.Context(), c.User.Org)
	if err != nil {
		return fmt.Errorf("list devices: %w", err)
	}
	for _, d := range all {
		if d.ID == id {
			return a.sendLink(w, r, akhra.Link{Org: c.User.Org, Name: d.Name, Device: id})
		}
	}
	return akhra.Errorf(akhra.NotFound, "There is no such device.")
}

// enrol makes the browser that opened a link a shared device.
func (a *room) enrol(w http.ResponseWriter, r *http.Request, tokenHash string) error {
	key, err := a.Token()
	if err != nil {
		return err
	}
	d, err := a.DB.EnrolDevice(r.Context(), tokenHash, door.HashToken(key))
	if err != nil {
		return err
	}
	a.ForgetSessions()
	cookie := a.cookie(r, key, int(deviceLife/time.Second))
	cookie.Name = a.deviceCookie(r)
	http.SetCookie(w, cookie)
	door.WriteJSON(w, http.StatusOK, door.JSONType, Enrolled{Device: d.Name})
	return nil
}
