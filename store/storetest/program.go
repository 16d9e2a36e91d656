package storetest

import (
	"reflect"

	"akhra.dev/akhra"
)

// tokens: a program is let in until its token runs out, is taken away, or its
// person is removed.
func tokens(w *world) {
	asha := w.person("asha")
	token := akhra.Token{Org: asha.Org, ID: akhra.TokenID(w.NewID()), User: asha.ID, Name: "reports", Acts: []akhra.Act{akhra.ActExport}, Hash: "ab",
		Created: w.now(), Expires: w.now() + 1000}
	w.must(w.AddToken(w.ctx(), token))
	if got, err := w.Token(w.ctx(), "ab"); err != nil || !reflect.DeepEqual(got, token) {
		w.Errorf("token = %+v, %v, want %+v", got, err, token)
	}
	w.must(w.UseToken(w.ctx(), token.Org, token.ID))
	all, err := w.Tokens(w.ctx(), token.Org)
	if err != nil || len(all) != 1 || all[0].Used != w.now() {
		w.Errorf("tokens = %+v, %v", all, err)
	}
	w.clock = w.clock.Add(1e9)
	_, err = w.Token(w.ctx(), "ab")
	w.wantCode(akhra.NotFound, err, "a token that ran out")
	other := token
	other.ID, other.Hash, other.Expires = akhra.TokenID(w.NewID()), "cd", 0
	w.must(w.AddToken(w.ctx(), other))
	_, err = w.RemoveToken(w.ctx(), akhra.OrgID(w.NewID()), other.ID, asha.ID)
	w.wantCode(akhra.NotFound, err, "a token taken away by another organisation")
	if hash, err := w.RemoveToken(w.ctx(), other.Org, other.ID, asha.ID); err != nil || hash != "cd" {
		w.Errorf("took away %q, %v", hash, err)
	}
	_, err = w.Token(w.ctx(), "cd")
	w.wantCode(akhra.NotFound, err, "a token that was taken away")
	token.ID, token.Hash, token.Expires = akhra.TokenID(w.NewID()), "ef", 0
	w.must(w.AddToken(w.ctx(), token))
	w.must(w.RemoveUser(w.ctx(), asha.Org, asha.ID, asha.ID))
	_, err = w.Token(w.ctx(), "ef")
	w.wantCode(akhra.NotFound, err, "a token of somebody who was removed")
}

// hooks: one stands where it was told, and remembers its last deliveries.
func hooks(w *world) {
	t, _ := w.project("Leaves")
	by := w.person("asha")
	h := akhra.Hook{ID: akhra.HookID(w.NewID()), Org: t.Org, Project: t.Project, URL: "https://a.example/", Kinds: []akhra.EventKind{akhra.EventExported}, Secret: "c2VjcmV0",
		On: true, By: by.ID, Created: w.now()}
	w.must(w.AddHook(w.ctx(), h))
	head, err := w.Head(w.ctx(), t.Org)
	w.must(err)
	h.Cursor = head
	if all, err := w.Hooks(w.ctx(), t.Org); err != nil || len(all) != 1 || !reflect.DeepEqual(all[0], h) {
		w.Errorf("hooks = %+v, %v, want %+v", all, err, h)
	}
	bad := h
	bad.ID, bad.Kinds = akhra.HookID(w.NewID()), []akhra.EventKind{akhra.EventUserAdded}
	w.wantCode(akhra.Invalid, w.AddHook(w.ctx(), bad), "a kind that is not told")
	h.Cursor, h.Tries, h.Next, h.Since = 9, 2, w.now()+5, w.now()
	for i := range akhra.HookKept + 3 {
		w.must(w.HookTold(w.ctx(), h, &akhra.Delivery{At: w.now(), Last: akhra.Seq(i), Events: 1, Status: 500, TookMs: 3}))
	}
	told, err := w.Deliveries(w.ctx(), t.Org, h.ID)
	if err != nil || len(told) != akhra.HookKept || told[0].Last != akhra.HookKept+2 || told[0].Status != 500 {
		w.Errorf("%d deliveries, the newest %+v, %v", len(told), told[0], err)
	}
	w.must(w.SwitchHook(w.ctx(), t.Org, h.ID, false, by.ID))
	w.must(w.HookTold(w.ctx(), h, nil)) // a try under way when it was switched off does not switch it on
	if all, err := w.Hooks(w.ctx(), t.Org); err != nil || all[0].On || all[0].Cursor != 9 {
		w.Errorf("hooks = %+v, %v", all, err)
	}
	w.wantCode(akhra.NotFound, w.RemoveHook(w.ctx(), akhra.OrgID(w.NewID()), h.ID, by.ID), "a hook of another organisation")
	w.must(w.RemoveHook(w.ctx(), t.Org, h.ID, by.ID))
	w.wantCode(akhra.NotFound, w.HookTold(w.ctx(), h, nil), "a hook that was taken away")
	if told, err := w.Deliveries(w.ctx(), t.Org, h.ID); err != nil || len(told) != 0 {
		w.Errorf("%d deliveries are left, %v", len(told), err)
	}
}
