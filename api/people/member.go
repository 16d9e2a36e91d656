package people

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"math/big"

	"akhra.dev/akhra"
	"akhra.dev/akhra/api/door"
)

// PersonChange is what of a person may change; what is absent stays.
type PersonChange struct {
	Role     *akhra.Role        `json:"role,omitempty" enum:"owner,manager,reviewer,annotator,client"`
	Projects *[]akhra.ProjectID `json:"projects,omitempty" maxItems:"1000" doc:"All the projects a client sees"`
}

// NewPIN is a PIN to tell a person. It is shown once.
type NewPIN struct {
	PIN string `json:"pin"`
}

// InPerson is the input of an operation on a person.
type InPerson struct {
	Person akhra.UserID `path:"person" maxLength:"40"`
}

func (a *room) routeMembers() {
	type change struct {
		InPerson
		Body PersonChange
	}
	door.Register(a.Door, "change-person", func(ctx context.Context, in *change) (*door.Body[Person], error) {
		return door.Answer(a.changePerson(ctx, door.CallerIn(ctx), in.Person, in.Body))
	})
	door.Register(a.Door, "remove-person", func(ctx context.Context, in *InPerson) (*struct{}, error) {
		return nil, a.removePerson(ctx, door.CallerIn(ctx), in.Person)
	})
	door.Register(a.Door, "new-pin", func(ctx context.Context, in *InPerson) (*door.Body[NewPIN], error) {
		return door.Answer(a.newPIN(ctx, door.CallerIn(ctx), in.Person))
	})
}

// led finds a person whom the caller leads; forbidden when she does not.
func (a *room) led(ctx context.Context, c *door.Caller, id akhra.UserID) (akhra.User, error) {
	u, err := a.DB.User(ctx, c.User.Org, id)
	switch {
	case err != nil:
		return u, err
	case u.Removed > 0:
		return u, akhra.Errorf(akhra.NotFound, "She is not of the centre any more.")
	case !c.User.Role.Leads(u.Role):
		return u, akhra.Errorf(akhra.Forbidden, "Only an owner may do this for a manager or an owner.")
	}
	return u, nil
}

func (a *room) changePerson(ctx context.Context, c *door.Caller, id akhra.UserID, in PersonChange) (Person, error) {
	u, err := a.led(ctx, c, id)
	if err != nil {
		return Person{}, err
	}
	if in.Role != nil && *in.Role != u.Role {
		if !c.User.Role.Leads(*in.Role) {
			return Person{}, akhra.Errorf(akhra.Forbidden, "Only an owner makes somebody a manager or an owner.")
		}
		if err := a.DB.SetRole(ctx, c.User.Org, id, *in.Role, c.User.ID); err != nil {
			return Person{}, err
		}
		u.Role = *in.Role
	}
	if in.Projects != nil {
		if err := a.DB.Give(ctx, c.User.Org, id, *in.Projects, c.User.ID); err != nil {
			return Person{}, err
		}
	}
	a.ForgetSessions()
	return a.viewPerson(ctx, c, u, nil)
}

func (a *room) removePerson(ctx context.Context, c *door.Caller, id akhra.UserID) error {
	if _, err := a.led(ctx, c, id); err != nil {
		return err
	}
	err := a.DB.RemoveUser(ctx, c.User.Org, id, c.User.ID)
	a.ForgetSessions()
	return err
}

func (a *room) newPIN(ctx context.Context, c *door.Caller, id akhra.UserID) (NewPIN, error) {
	u, err := a.led(ctx, c, id)
	if err != nil {
		return NewPIN{}, err
	}
	pin, err := drawPIN(a.Chance)
	if err != nil {
		return NewPIN{}, err
	}
	return NewPIN{pin}, a.setPIN(ctx, u, pin)
}

// drawPIN draws six digits that are not among the easy ones.
func drawPIN(chance io.Reader) (string, error) {
	for {
		n, err := rand.Int(chance, big.NewInt(1_000_000))
		if err != nil {
			return "", fmt.Errorf("draw a PIN: %w", err)
		}
		if pin := fmt.Sprintf("%0*d", akhra.PINDigits, n); akhra.ValidatePIN(pin) == nil {
			return pin, nil
		}
	}
}
