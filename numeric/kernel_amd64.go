//go:build amd64 && !purego

package numeric

import "golang.org/x/sys/cpu"

// useAssembly says whether this processor (and its operating system) can run the kernels of kernel_amd64.s.
var useAssembly = cpu.X86.HasAVX2 && cpu.X86.HasFMA

// kernels says which products and taps this processor runs.
var kernels = bestKernels()

func bestKernels() kernelSet {
	switch {
	case cpu.X86.HasAVX512F && useAssembly:
		return avx512
	case useAssembly:
		return avx2
	}
	return plain
}

// productAVX512 is a call of Product: at most 64 columns, one inner value at least.
//
//go:noescape
func productAVX512(w *product)

// productAVX2 is a call of Product: at most 24 columns, one inner value at least.
//
//go:noescape
func productAVX2(w *product)

// tapsAVX512 is Taps with one tap and one value at least.
//
//go:noescape
func tapsAVX512(w *filter)

// tapsAVX2 is Taps with one tap and one value at least.
//
//go:noescape
func tapsAVX2(w *filter)

// tileAVX is tile in assembly; n may be any length from 1.
//
//go:noescape
func tileAVX(a *float32, lda int, b *float32, ldb, n int, out *[tileA * tileB]float32)

// dotAVX is Dot in assembly.
//
//go:noescape
func dotAVX(a, b *float32, n int) float32

// axpyAVX is Axpy in assembly.
//
//go:noescape
func axpyAVX(alpha float32, x, y *float32, n int)
