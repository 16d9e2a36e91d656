package storetest

import (
	"sync"
	"sync/atomic"
	"time"

	"akhra.dev/akhra"
)

func people(w *world) {
	asha := w.person("asha")
	if again := w.org(); again != asha.Org {
		w.Errorf("a second organisation %s was made", again)
	}
	twin := asha
	twin.ID = akhra.UserID(w.NewID())
	w.wantCode(akhra.Conflict, w.AddUser(w.ctx(), twin), "a login that is taken")
	w.wantCode(akhra.Invalid, w.AddUser(w.ctx(), akhra.User{ID: twin.ID, Org: asha.Org, Name: "X", Login: "x", Role: "boss"}), "a role that there is not")
	w.must(w.SetPassword(w.ctx(), asha.Org, asha.ID, "hash"))
	w.must(w.SetLanguage(w.ctx(), asha.Org, asha.ID, "hi"))
	asha.PasswordHash, asha.Language = "hash", "hi"
	if got, err := w.UserByLogin(w.ctx(), "asha"); err != nil || got != asha {
		w.Errorf("found %+v, %v, want %+v", got, err, asha)
	}
	if all, err := w.Users(w.ctx(), asha.Org); err != nil || len(all) != 1 {
		w.Errorf("people = %v, %v", all, err)
	}
	_, err := w.User(w.ctx(), asha.Org, "nobody")
	w.wantCode(akhra.NotFound, err, "a person that there is not")
	w.wantCode(akhra.NotFound, w.SetPassword(w.ctx(), asha.Org, "nobody", "x"), "her password")
}

func doors(w *world) {
	asha := w.person("asha")
	session := akhra.Session{TokenHash: "s", User: asha.ID, Org: asha.Org, Created: w.now(), Seen: w.now(), Expires: w.now() + 1000}
	w.must(w.AddSession(w.ctx(), session))
	if got, who, err := w.Session(w.ctx(), "s"); err != nil || got != session || who != asha {
		w.Errorf("session %+v of %+v, %v", got, who, err)
	}
	w.clock = w.clock.Add(time.Second)
	_, _, err := w.Session(w.ctx(), "s")
	w.wantCode(akhra.NotFound, err, "a session that ran out")
	session.TokenHash, session.Expires = "t", w.now()+1000
	w.must(w.AddSession(w.ctx(), session))
	w.must(w.EndSession(w.ctx(), "t"))
	w.must(w.EndSession(w.ctx(), "t"))
	_, _, err = w.Session(w.ctx(), "t")
	w.wantCode(akhra.NotFound, err, "a session that was ended")
	invitations(w, asha)
}

// invitations: of many who take one link at once, one becomes the person.
func invitations(w *world, asha akhra.User) {
	w.must(w.AddLink(w.ctx(), akhra.Link{TokenHash: "l", Org: asha.Org, Role: akhra.Manager, Name: "Binita", Expires: w.now() + 1000}))
	w.must(w.AddLink(w.ctx(), akhra.Link{TokenHash: "old", Org: asha.Org, Role: akhra.Manager, Expires: w.now()}))
	w.must(w.AddLink(w.ctx(), akhra.Link{TokenHash: "hers", Org: asha.Org, Role: akhra.Annotator, User: asha.ID, Expires: w.now() + 1000}))
	var taken atomic.Int32
	var all sync.WaitGroup
	for range 8 {
		u := akhra.User{ID: akhra.UserID(w.NewID()), Name: "B", Login: w.NewID(), Role: akhra.Owner, Created: w.now()}
		all.Go(func() {
			if got, err := w.TakeLink(w.ctx(), "l", &u); err == nil {
				taken.Add(1)
				if got.Role != akhra.Manager || got.Org != asha.Org {
					w.Errorf("the link made %+v", got)
				}
			}
		})
	}
	all.Wait()
	if n := taken.Load(); n != 1 {
		w.Errorf("one link was taken %d times", n)
	}
	_, err := w.Link(w.ctx(), "old")
	w.wantCode(akhra.NotFound, err, "a link that ran out")
	if got, err := w.TakeLink(w.ctx(), "hers", nil); err != nil || got != asha {
		w.Errorf("her own link gave %+v, %v", got, err)
	}
}
