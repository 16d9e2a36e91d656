//go:build amd64 && !purego

package numeric

import "golang.org/x/sys/cpu"

// useAssembly says whether this processor (and its operating system) can run the kernels of kernel_amd64.s.
var useAssembly = cpu.X86.HasAVX2 && cpu.X86.HasFMA

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
