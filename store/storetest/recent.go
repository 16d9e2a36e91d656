package storetest

import (
	"reflect"
	"sync"

	"akhra.dev/akhra"
)

// newestEvents: who follows a log from anywhere reads the same, whether its
// newest part is still in memory or must be read again; the head is never ahead
// of what can be read.
func newestEvents(w *world) {
	org := w.org()
	from, err := w.Head(w.ctx(), org)
	w.must(err)
	const people, each = 100, 50 // more events than any memory of the newest
	var all sync.WaitGroup
	for n := range people {
		all.Go(func() {
			for range each {
				if _, err := w.Append(w.ctx(), akhra.Event{Org: org, Kind: akhra.EventExported, Subject: string(rune('A' + n)), Body: "{}"}); err != nil {
					w.Error(err)
				}
			}
		})
	}
	w.followTo(org, from, from+people*each)
	all.Wait()
	whole, err := w.Events(w.ctx(), org, from, people*each+1)
	w.must(err)
	if len(whole) != people*each {
		w.Fatalf("the log has %d new events, want %d", len(whole), people*each)
	}
	for _, at := range []int{0, 1, len(whole) / 2, len(whole) - 3000, len(whole) - 2048, len(whole) - 2, len(whole) - 1} {
		part, err := w.Events(w.ctx(), org, whole[at].Seq, 7)
		w.must(err)
		if want := whole[at+1 : min(at+8, len(whole))]; len(part) != len(want) || len(want) > 0 && !reflect.DeepEqual(part, want) {
			w.Errorf("behind event %d of %d stands %+v, in the whole log %+v", at, len(whole), part, want)
		}
	}
}

// followTo follows a log while it grows, as consumers do.
func (w *world) followTo(org akhra.OrgID, from, to akhra.Seq) {
	w.Helper()
	for seen := from; seen < to && !w.Failed(); {
		head, err := w.Head(w.ctx(), org)
		w.must(err)
		for seen < head {
			events, err := w.Events(w.ctx(), org, seen, 100)
			w.must(err)
			if len(events) == 0 || events[0].Seq != seen+1 {
				w.Fatalf("the head is at %d, and behind %d stands %+v", head, seen, events)
			}
			seen = events[len(events)-1].Seq
		}
	}
}
