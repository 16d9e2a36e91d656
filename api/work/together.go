package work

import (
	"context"
	"fmt"
	"time"

	"akhra.dev/akhra"
	"akhra.dev/akhra/census"
	"akhra.dev/akhra/propose"
)

// How long a person's part is kept at least, and over how many of her last
// answers it looks: older ones are seldom open.
const (
	partRest   = time.Minute
	hadSayOver = 500
)

// together is what the people of a project did together.
type together struct {
	sums      []census.Sums
	of        map[akhra.UserID]*census.Sums
	quarters  map[akhra.UserID]int
	proposals propose.Report
}

// together reads what everybody's answers add up to.
func (a *room) together(ctx context.Context, t akhra.Tenant) (*together, error) {
	figures, err := a.Engine.Consensus.Figures(ctx, t)
	if err != nil {
		return nil, fmt.Errorf("read people's figures: %w", err)
	}
	g := &together{sums: make([]census.Sums, len(figures)), of: make(map[akhra.UserID]*census.Sums, len(figures))}
	for i, f := range figures {
		g.sums[i] = f.Sums
		g.of[f.Annotator] = &g.sums[i]
	}
	if g.quarters, err = a.DB.Quarters(ctx, t); err != nil {
		return nil, fmt.Errorf("count hours: %w", err)
	}
	if g.proposals, err = a.Engine.Propose.Report(ctx, t); err != nil {
		return nil, fmt.Errorf("read how proposals are taken: %w", err)
	}
	return g, nil
}

// hers is what one person's answers add up to.
func (g *together) hers(who akhra.UserID) *census.Sums {
	if s, met := g.of[who]; met {
		return s
	}
	return &census.Sums{}
}

// known is how everybody answered on gold.
func (g *together) known() (v KnownView) {
	for i := range g.sums {
		v.Right, v.Of = v.Right+g.sums[i].Right, v.Of+g.sums[i].Known
	}
	return v
}

func viewAgreed(s *census.Sums) AgreementView {
	same, of := s.Agreed()
	return AgreementView{Same: tenth(same), Of: of}
}
