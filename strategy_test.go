package akhra_test

import (
	"reflect"
	"testing"

	"akhra.dev/akhra"
)

func TestParseStrategy(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]akhra.Rungs{
		"random":           {akhra.RungConsensus, akhra.RungModel, akhra.RungAccept},
		"margin":           {akhra.RungConsensus, akhra.RungLeastSure, akhra.RungModel, akhra.RungAccept},
		"":                 {akhra.RungConsensus, akhra.RungLeastSure, akhra.RungModel, akhra.RungActive, akhra.RungStart, akhra.RungAccept},
		"full-start-model": {akhra.RungConsensus, akhra.RungLeastSure, akhra.RungActive, akhra.RungAccept},
		"random+groups":    {akhra.RungConsensus, akhra.RungModel, akhra.RungAccept, akhra.RungGroups},
		"-active+marginal": {akhra.RungConsensus, akhra.RungLeastSure, akhra.RungModel, akhra.RungStart, akhra.RungAccept, akhra.RungMarginal},
	} {
		got, err := akhra.ParseStrategy(text)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %v, %v, want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"best", "full+luck", "full-consensus", "full+", "full start"} {
		if rungs, err := akhra.ParseStrategy(text); akhra.CodeOf(err) != akhra.Invalid {
			t.Errorf("%q: %v, %v, want it refused", text, rungs, err)
		}
	}
}
