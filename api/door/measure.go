package door

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// buckets are the upper ends of the counted durations, in seconds.
var buckets = [...]float64{.001, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10}

// measures counts the requests of each operation since the server started.
type measures struct {
	mu sync.RWMutex
	of map[string]*measure
}

// measure is what became of the requests of one operation.
type measure struct {
	byStatus [6]atomic.Int64 // by hundreds
	took     [len(buckets) + 1]atomic.Int64
	micros   atomic.Int64
}

// measured counts one request that began at a moment.
func (a *Door) measured(id string, status int, began time.Time) {
	m := a.measures.find(id)
	took := time.Since(began)
	m.byStatus[min(max(status/100, 0), 5)].Add(1)
	at, _ := slices.BinarySearch(buckets[:], took.Seconds())
	m.took[at].Add(1)
	m.micros.Add(took.Microseconds())
}

func (all *measures) find(id string) *measure {
	all.mu.RLock()
	m := all.of[id]
	all.mu.RUnlock()
	if m != nil {
		return m
	}
	all.mu.Lock()
	defer all.mu.Unlock()
	if all.of == nil {
		all.of = map[string]*measure{}
	}
	if m = all.of[id]; m == nil {
		m = &measure{}
		all.of[id] = m
	}
	return m
}

// statusOf is the status that an outcome is answered with.
func statusOf(err error) int {
	if err == nil {
		return http.StatusOK
	}
	return ProblemOf(err).Status
}

// WriteMeasures writes the counts in the text form of Prometheus, operations in
// the order of their names.
func (a *Door) WriteMeasures(w io.Writer) {
	a.measures.mu.RLock()
	ids := make([]string, 0, len(a.measures.of))
	for id := range a.measures.of {
		ids = append(ids, id)
	}
	a.measures.mu.RUnlock()
	slices.Sort(ids)
	fmt.Fprintln(w, "# HELP akhra_requests_total Requests by operation and hundreds of the status.\n# TYPE akhra_requests_total counter")
	for _, id := range ids {
		m := a.measures.find(id)
		for hundred := 2; hundred <= 5; hundred++ {
			fmt.Fprintf(w, "akhra_requests_total{operation=%q,status=\"%dxx\"} %d\n", id, hundred, m.byStatus[hundred].Load())
		}
	}
	fmt.Fprintln(w, "# HELP akhra_request_seconds Time from the first byte of a request to its answer.\n# TYPE akhra_request_seconds histogram")
	for _, id := range ids {
		m, sum := a.measures.find(id), int64(0)
		for i := range m.took {
			sum += m.took[i].Load()
			end := "+Inf"
			if i < len(buckets) {
				end = fmt.Sprint(buckets[i])
			}
			fmt.Fprintf(w, "akhra_request_seconds_bucket{operation=%q,le=%q} %d\n", id, end, sum)
		}
		fmt.Fprintf(w, "akhra_request_seconds_sum{operation=%q} %g\nakhra_request_seconds_count{operation=%q} %d\n", id, float64(m.micros.Load())/1e6, id, sum)
	}
}
