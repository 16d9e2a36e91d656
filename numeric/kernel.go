package numeric

// kernelSet is a generation of processors that has its own products and taps.
type kernelSet int

const (
	plain kernelSet = iota
	avx2
	avx512
)

// panelWidth is how many columns of a product one call takes: what four rows of
// sums fill the registers with.
func (k kernelSet) panelWidth() int {
	switch k {
	case avx512:
		return 64
	case avx2:
		return 24
	}
	return 256
}
