package consensus

import (
	"fmt"
	"runtime"
	"testing"

	"akhra.dev/akhra"
)

// many is a project with answers of 200 people, three to a task.
func many(answers, classes int) *project {
	l := akhra.LabelSet{Version: 1}
	for k := range classes {
		l.Classes = append(l.Classes, akhra.Class{ID: akhra.ClassID(fmt.Sprintf("01900000-0000-7000-8000-%012d", k))})
	}
	s := akhra.DefaultSettings()
	s.Overlap = 3
	p := newProject(akhra.Tenant{}, s, l)
	for n := range answers {
		p.add(said(p, n, classes))
	}
	return p
}

func said(p *project, n, classes int) akhra.Annotation {
	i, class := n/3, n/3%classes
	if n%5 == 0 {
		class = (class + n%classes) % classes
	}
	return akhra.Annotation{ID: akhra.AnnotationID(fmt.Sprintf("01900000-0000-7000-9000-%012d", n)), Task: akhra.TaskID(fmt.Sprintf("task %031d", i)),
		Item: akhra.ItemID(fmt.Sprintf("item %031d", i)), Annotator: akhra.UserID(fmt.Sprintf("user %03d", n*7%200)), Answer: akhra.AnswerClass,
		Class: p.classes[class], Seq: akhra.Seq(n + 1)}
}

// refit fits a project that has no store: what it would write is only remembered.
func (p *project) refit(tb testing.TB) {
	tb.Helper()
	s := p.snapshot(nil)
	f, err := s.fit()
	if err != nil {
		tb.Fatal(err)
	}
	p.judges, p.since = f.judges, nil
	for i := range p.tasks {
		p.rejudge(i)
	}
	p.touched = map[int]struct{}{}
}

// rejudge judges a task and remembers what it would write.
func (p *project) rejudge(i int) {
	if c := p.judge(i); !p.tasks[i].kept.tells(&c) {
		p.remember(&c)
	}
}

// BenchmarkAMillionAnswers fits a project of a million answers; MB is what the
// project holds in memory after that.
func BenchmarkAMillionAnswers(b *testing.B) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	p := many(1_000_000, 10)
	for b.Loop() {
		p.refit(b)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB")
	runtime.KeepAlive(p)
}

// BenchmarkOneAnswer takes one answer into a project of a million, and its
// task and annotators along; storing it is not in it.
func BenchmarkOneAnswer(b *testing.B) {
	p := many(1_000_000, 10)
	p.refit(b)
	n := 1_000_000
	for b.Loop() {
		a := said(p, n, 10)
		a.Task = p.tasks[n*7919%len(p.tasks)].id
		p.add(a)
		for i := range p.waiting() {
			p.rejudge(i)
		}
		p.touched = map[int]struct{}{}
		n++
	}
}

// BenchmarkSnapshot is how long a project of a million answers is held while
// they are copied out for a fit; answers wait that long to be judged.
func BenchmarkSnapshot(b *testing.B) {
	p := many(1_000_000, 10)
	for b.Loop() {
		p.snapshot(nil)
	}
}
