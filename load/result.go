package load

import (
	"fmt"
	"slices"
	"time"
)

// Result is what `akhra loadtest --json` prints; times are in milliseconds.
type Result struct {
	People      int      `json:"people"`
	Connections int      `json:"connections"`
	Listeners   int      `json:"listeners"`
	Cores       int      `json:"cores"`
	Seconds     float64  `json:"seconds"`
	Due         float64  `json:"due_per_second"`
	Answers     int      `json:"answers"` // stored, taking back included
	PerSecond   float64  `json:"answers_per_second"`
	Answer      Spread   `json:"answer_ms"` // from when an answer fell due until it was acknowledged
	Lease       Spread   `json:"lease_ms"`
	Burst       Spread   `json:"burst_ms"` // all that was answered without a network
	Look        Spread   `json:"progress_ms"`
	Up          float64  `json:"bytes_up_per_answer"` // headers included, leases not
	Down        float64  `json:"bytes_down_per_answer"`
	CPU         float64  `json:"cpu_ms_per_answer,omitempty"` // server and generator, leases and all else included
	MemoryMB    float64  `json:"memory_mb,omitempty"`
	Failed      int      `json:"failed"` // requests refused or broken off
	First       string   `json:"first_failure,omitempty"`
	Lag         float64  `json:"log_lag_seconds"` // until every consumer stood at the head, after the last answer
	Lost        int      `json:"lost"`            // acknowledged and not there as sent
	Twice       int      `json:"twice"`           // counted and not sent, taken back, or there before
	Wrong       []string `json:"wrong,omitempty"`
}

// Spread is how long the slowest of a share of people waited.
type Spread struct {
	P50  float64 `json:"p50"`
	P99  float64 `json:"p99"`
	P999 float64 `json:"p999"`
}

// String is the result in one paragraph.
func (r Result) String() string {
	text := fmt.Sprintf("%d answers of %d people in %.1f s: %.0f a second of %.0f that fell due, p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms; leases p99 %.1f ms; bursts p99 %.1f ms\n",
		r.Answers, r.People, r.Seconds, r.PerSecond, r.Due, r.Answer.P50, r.Answer.P99, r.Answer.P999, r.Lease.P99, r.Burst.P99)
	text += fmt.Sprintf("%.0f bytes up and %.0f down an answer, %.2f ms of processor, %.0f MB of memory, log lag %.2f s at the end, %d failed, %d lost, %d twice (%d connections, %d listening pages, %d cores)\n",
		r.Up, r.Down, r.CPU, r.MemoryMB, r.Lag, r.Failed, r.Lost, r.Twice, r.Connections, r.Listeners, r.Cores)
	if r.First != "" {
		text += "first failure: " + r.First + "\n"
	}
	for _, w := range r.Wrong {
		text += "wrong: " + w + "\n"
	}
	return text
}

// times are what one desk saw.
type times struct {
	answers, leases, bursts, looks []time.Duration
	stored, failed                 int
	up, down                       int64
}

func (t *times) add(o times) {
	t.answers, t.leases = append(t.answers, o.answers...), append(t.leases, o.leases...)
	t.bursts, t.looks = append(t.bursts, o.bursts...), append(t.looks, o.looks...)
	t.stored, t.failed = t.stored+o.stored, t.failed+o.failed
	t.up, t.down = t.up+o.up, t.down+o.down
}

func spreadOf(all []time.Duration) Spread {
	slices.Sort(all)
	return Spread{quantile(all, .5), quantile(all, .99), quantile(all, .999)}
}

// quantile of sorted times, in milliseconds.
func quantile(sorted []time.Duration, q float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return float64(sorted[int(q*float64(len(sorted)-1))]) / float64(time.Millisecond)
}
