package door

import (
	"context"
	"errors"
	"testing"
	"time"

	"akhra.dev/akhra"
)

func TestWhileOneRequestCountsTheOthersTakeTheLastCount(t *testing.T) {
	t.Parallel()
	at, begun, over := time.Unix(0, 0), make(chan struct{}), make(chan struct{})
	counts := 0
	c := &leftCache{now: func() time.Time { return at }, count: func(context.Context, akhra.Tenant) (int, error) {
		if counts++; counts == 2 {
			close(begun)
			<-over
		}
		return 100 * counts, nil
	}}
	p := akhra.Tenant{Org: "o", Project: "p"}
	if left, err := c.of(t.Context(), p); left != 100 || err != nil {
		t.Fatalf("at first %d, %v", left, err)
	}
	at = at.Add(sessionFresh)
	second := make(chan int)
	go func() { left, _ := c.of(t.Context(), p); second <- left }()
	<-begun
	for range 3 {
		if left, err := c.of(t.Context(), p); left != 100 || err != nil {
			t.Errorf("while it is counted %d, %v, want the last count", left, err)
		}
	}
	close(over)
	if left := <-second; left != 200 {
		t.Errorf("who counted got %d", left)
	}
	if left, _ := c.of(t.Context(), p); left != 200 || counts != 2 {
		t.Errorf("afterwards %d, counted %d times", left, counts)
	}
}

func TestACountThatTookLongIsKeptLong(t *testing.T) {
	t.Parallel()
	at, counts := time.Unix(0, 0), 0
	c := &leftCache{now: func() time.Time { return at }, count: func(context.Context, akhra.Tenant) (int, error) {
		counts++
		at = at.Add(time.Second)
		return 7, nil
	}}
	for range 60 {
		if _, err := c.of(t.Context(), akhra.Tenant{}); err != nil {
			t.Fatal(err)
		}
		at = at.Add(time.Second)
	}
	if counts != 2 {
		t.Errorf("counted %d times in 60 s, a second each", counts)
	}
}

func TestAProjectThatCannotBeCountedIsAskedAgain(t *testing.T) {
	t.Parallel()
	gone := errors.New("gone")
	c := &leftCache{now: time.Now, count: func(context.Context, akhra.Tenant) (int, error) { return 0, gone }}
	for range 2 {
		if _, err := c.of(t.Context(), akhra.Tenant{}); !errors.Is(err, gone) {
			t.Errorf("%v, want %v", err, gone)
		}
	}
}
