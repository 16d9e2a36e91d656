package dataset

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"

	"akhra.dev/akhra"
)

// reading is a table under way.
type reading struct {
	intake  *Intake
	ctx     context.Context
	tenant  akhra.Tenant
	table   *Table
	plan    Plan
	names   *Names
	classes *classes
	from    akhra.Table
	told    func(int)
	out     *csv.Writer
	seen    map[akhra.ItemID]int // line that named a picture first, where one may
	gold    map[akhra.ItemID]akhra.ClassID
	lines   []TableLine // of rows
	rows    []akhra.Recorded
	taken   Taken
	read    int
}

func (k *Intake) reading(ctx context.Context, t akhra.Tenant, table *Table, plan Plan) (*reading, error) {
	_, labels, err := k.store.Project(ctx, t)
	if err != nil {
		return nil, err
	}
	in := &reading{intake: k, tenant: t, table: table, plan: plan, classes: newClasses(labels, plan), seen: map[akhra.ItemID]int{}, taken: Taken{Reasons: []Refusal{}}}
	if in.names, err = k.names(ctx, t); err != nil || plan.As != akhra.RecordedGold {
		return in, err
	}
	in.gold = map[akhra.ItemID]akhra.ClassID{}
	if err := k.store.Gold(ctx, t, func(g akhra.Gold) error { in.gold[g.Item] = g.Class; return nil }); err != nil {
		return nil, fmt.Errorf("read known answers: %w", err)
	}
	return in, nil
}

func (in *reading) all() error {
	for {
		line, err := in.table.Next()
		if errors.Is(err, io.EOF) {
			return in.store()
		}
		if err == nil {
			err = in.line(line)
		}
		if err != nil {
			return err
		}
		if in.read++; len(in.rows) >= lot {
			if err := in.store(); err != nil {
				return err
			}
			in.told(in.read)
		}
	}
}

// line takes one line or refuses it.
func (in *reading) line(line TableLine) error {
	row, left, err := in.understand(line)
	switch {
	case left:
		in.taken.Left++
		return nil
	case err != nil:
		return in.refuse(line, err.Error())
	}
	in.rows, in.lines = append(in.rows, row), append(in.lines, line)
	return nil
}

func (in *reading) understand(line TableLine) (row akhra.Recorded, left bool, err error) {
	if line.Fault != "" {
		return row, false, akhra.InvalidField("line", "This line cannot be read: %s.", line.Fault)
	}
	file, name := line.field(in.plan.Item), line.field(in.plan.Class)
	if file == "" {
		return row, false, akhra.InvalidField("file", "No file is named.")
	}
	class, left, known := in.classes.find(name)
	if left {
		return row, true, nil
	}
	if row.Item, err = in.names.Find(file); err != nil {
		return row, false, err
	}
	switch before := in.seen[row.Item]; {
	case before > 0 && in.plan.As != akhra.RecordedAnswers:
		return row, false, akhra.InvalidField("file", "Line %d names the picture %q already.", before, short(file))
	case name == "":
		return row, false, akhra.InvalidField("label", "No class stands beside %q.", short(file))
	case !known:
		return row, false, akhra.InvalidField("label", "The project has no class called %q.", short(name))
	}
	row.Class = class
	if row.Annotator = line.field(in.plan.Annotator); in.plan.As == akhra.RecordedAnswers && row.Annotator == "" {
		return row, false, akhra.InvalidField("annotator", "No annotator is named.")
	}
	if row.P, err = in.probability(line); err == nil {
		in.seen[row.Item] = line.No
	}
	return row, false, err
}

func (in *reading) probability(line TableLine) (float64, error) {
	text := line.field(in.plan.Probability)
	if in.plan.As != akhra.RecordedPredictions || text == "" {
		return 0, nil
	}
	p, err := strconv.ParseFloat(text, 64)
	if err != nil || !(p >= 0 && p <= 1) {
		return 0, akhra.InvalidField("probability", "The probability is no number from 0 to 1.")
	}
	return p, nil
}

func (in *reading) refuse(line TableLine, reason string) error {
	if in.taken.Refused++; in.taken.Refused <= maxTold {
		in.taken.Reasons = append(in.taken.Reasons, Refusal{line.No, reason})
	}
	out := []string{strconv.Itoa(line.No), reason}
	for _, text := range line.Fields {
		out = append(out, guard(unguard(text)))
	}
	if err := in.out.Write(out); err != nil {
		return fmt.Errorf("write refused lines: %w", err)
	}
	return nil
}

// store writes what was understood so far.
func (in *reading) store() error {
	if len(in.rows) == 0 {
		return nil
	}
	verdicts, err := in.write()
	if err != nil {
		return err
	}
	for i, v := range verdicts {
		switch v.Outcome {
		case akhra.Stored:
			in.taken.Set++
		case akhra.Duplicate:
			in.taken.Known++
		default:
			if err := in.refuse(in.lines[i], v.Problem.Message); err != nil {
				return err
			}
		}
	}
	in.rows, in.lines = in.rows[:0], in.lines[:0]
	return nil
}

func (in *reading) write() ([]akhra.Verdict, error) {
	s := in.intake.store
	switch in.plan.As {
	case akhra.RecordedAnswers:
		return s.ImportAnswers(in.ctx, in.tenant, in.rows)
	case akhra.RecordedConsensus:
		return s.ImportDecisions(in.ctx, in.tenant, in.from.By, in.rows)
	case akhra.RecordedPredictions:
		return s.ImportSays(in.ctx, in.tenant, in.from.Name, in.rows)
	}
	return in.setGold()
}

// setGold leaves out what is known already.
func (in *reading) setGold() ([]akhra.Verdict, error) {
	verdicts := make([]akhra.Verdict, len(in.rows))
	var news []akhra.Gold
	for i, r := range in.rows {
		verdicts[i] = akhra.Verdict{Item: r.Item, Outcome: akhra.Duplicate}
		if in.gold[r.Item] != r.Class {
			verdicts[i].Outcome = akhra.Stored
			news = append(news, akhra.Gold{Item: r.Item, Class: r.Class, Source: akhra.GoldImport, By: in.from.By})
		}
	}
	if err := in.intake.store.SetGold(in.ctx, in.tenant, news); err != nil {
		return nil, fmt.Errorf("store known answers: %w", err)
	}
	return verdicts, nil
}
