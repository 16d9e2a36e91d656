package api

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/backup"
)

// Metrics answers a monitor in the text form of Prometheus: requests, the log
// and who lags behind it, long work, webhooks, the store's files, the process.
// It tells no name and no content; serve it on a loopback address only.
func (a *API) Metrics() http.Handler {
	began := a.Now()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		a.WriteMeasures(w)
		a.writeWork(w, r)
		a.writeProcess(w, began)
	})
}

// gauge writes one number that goes up and down.
func gauge(w io.Writer, name, help string, value float64) {
	fmt.Fprintf(w, "# HELP %s %s\n# TYPE %s gauge\n%s %g\n", name, help, name, name, value)
}

func (a *API) writeWork(w io.Writer, r *http.Request) {
	ctx := r.Context()
	up := 0.0
	if head, err := a.DB.Head(ctx, a.Org.ID); err == nil {
		up = 1
		gauge(w, "akhra_log_head", "Place of the last event in the log.", float64(head))
		gauge(w, "akhra_log_lag", "Events that some consumer of the log has not applied yet.", float64(head-min(head, a.Engine.Position())))
	}
	gauge(w, "akhra_store_up", "Whether the store answers.", up)
	if waiting, running, err := a.DB.JobCounts(ctx, a.Org.ID); err == nil {
		gauge(w, "akhra_jobs_waiting", "Long work that waits.", float64(waiting))
		gauge(w, "akhra_jobs_running", "Long work under way.", float64(running))
	}
	if hooks, err := a.DB.Hooks(ctx, a.Org.ID); err == nil {
		failing := 0
		for _, h := range hooks {
			if h.On && h.Since > 0 {
				failing++
			}
		}
		gauge(w, "akhra_hooks_failing", "Webhooks that nobody takes at the moment.", float64(failing))
	}
	if r, err := backup.ReadRecord(a.DataDir); err == nil && r.Verified != nil {
		gauge(w, "akhra_backup_verified_seconds", "Age of the last backup that was restored and compared.", a.Now().Sub(r.Verified.Made).Seconds())
	}
	for _, file := range []string{"akhra.db", "akhra.db-wal"} {
		if info, err := os.Stat(filepath.Join(a.DataDir, file)); err == nil {
			gauge(w, "akhra_"+map[string]string{"akhra.db": "database", "akhra.db-wal": "wal"}[file]+"_bytes", "Size of "+file+".", float64(info.Size()))
		}
	}
}

func (a *API) writeProcess(w io.Writer, began time.Time) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	gauge(w, "akhra_start_time_seconds", "When the server started, in seconds since 1970.", float64(akhra.MillisOf(began))/1000)
	gauge(w, "go_goroutines", "Goroutines.", float64(runtime.NumGoroutine()))
	gauge(w, "go_memstats_heap_inuse_bytes", "Bytes of the heap in use.", float64(m.HeapInuse))
	gauge(w, "go_memstats_sys_bytes", "Bytes taken from the system.", float64(m.Sys))
}
