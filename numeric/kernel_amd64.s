//go:build amd64 && !purego

#include "textflag.h"

// Eight set words, then eight clear ones: the mask for a tail of r values starts 8-r words in.
DATA masks<>+0(SB)/8, $0xffffffffffffffff
DATA masks<>+8(SB)/8, $0xffffffffffffffff
DATA masks<>+16(SB)/8, $0xffffffffffffffff
DATA masks<>+24(SB)/8, $0xffffffffffffffff
DATA masks<>+32(SB)/8, $0
DATA masks<>+40(SB)/8, $0
DATA masks<>+48(SB)/8, $0
DATA masks<>+56(SB)/8, $0
GLOBL masks<>(SB), RODATA|NOPTR, $64

// Sums four accumulators into four neighbouring values at offset(DX).
#define REDUCE(Y0, Y1, Y2, Y3, X0, X1, offset) \
	VHADDPS      Y1, Y0, Y0  \
	VHADDPS      Y3, Y2, Y2  \
	VHADDPS      Y2, Y0, Y0  \
	VEXTRACTF128 $1, Y0, X1  \
	VADDPS       X1, X0, X0  \
	VMOVUPS      X0, offset(DX)

// func tileAVX(a *float32, lda int, b *float32, ldb, n int, out *[12]float32)
TEXT ·tileAVX(SB), NOSPLIT, $0-48
	MOVQ a+0(FP), SI
	MOVQ lda+8(FP), R8
	MOVQ b+16(FP), DI
	MOVQ ldb+24(FP), R9
	MOVQ n+32(FP), CX
	MOVQ out+40(FP), DX
	LEAQ (SI)(R8*4), R10
	LEAQ (R10)(R8*4), R11
	LEAQ (R11)(R8*4), R12
	LEAQ (DI)(R9*4), R13
	LEAQ (R13)(R9*4), BX
	VXORPS Y0, Y0, Y0
	VXORPS Y1, Y1, Y1
	VXORPS Y2, Y2, Y2
	VXORPS Y3, Y3, Y3
	VXORPS Y4, Y4, Y4
	VXORPS Y5, Y5, Y5
	VXORPS Y6, Y6, Y6
	VXORPS Y7, Y7, Y7
	VXORPS Y8, Y8, Y8
	VXORPS Y9, Y9, Y9
	VXORPS Y10, Y10, Y10
	VXORPS Y11, Y11, Y11
	XORQ AX, AX
	MOVQ CX, R9
	SHRQ $3, R9
	JZ   tail

loop:
	VMOVUPS     (DI)(AX*1), Y12
	VMOVUPS     (R13)(AX*1), Y13
	VMOVUPS     (BX)(AX*1), Y14
	VMOVUPS     (SI)(AX*1), Y15
	VFMADD231PS Y12, Y15, Y0
	VFMADD231PS Y13, Y15, Y4
	VFMADD231PS Y14, Y15, Y8
	VMOVUPS     (R10)(AX*1), Y15
	VFMADD231PS Y12, Y15, Y1
	VFMADD231PS Y13, Y15, Y5
	VFMADD231PS Y14, Y15, Y9
	VMOVUPS     (R11)(AX*1), Y15
	VFMADD231PS Y12, Y15, Y2
	VFMADD231PS Y13, Y15, Y6
	VFMADD231PS Y14, Y15, Y10
	VMOVUPS     (R12)(AX*1), Y15
	VFMADD231PS Y12, Y15, Y3
	VFMADD231PS Y13, Y15, Y7
	VFMADD231PS Y14, Y15, Y11
	ADDQ        $32, AX
	DECQ        R9
	JNZ         loop

tail:
	ANDQ $7, CX
	JZ   reduce
	LEAQ masks<>(SB), R8
	MOVQ $8, R9
	SUBQ CX, R9
	VMOVUPS     (R8)(R9*4), Y14
	VMASKMOVPS  (DI)(AX*1), Y14, Y12
	VMASKMOVPS  (R13)(AX*1), Y14, Y13
	VMASKMOVPS  (SI)(AX*1), Y14, Y15
	VFMADD231PS Y12, Y15, Y0
	VFMADD231PS Y13, Y15, Y4
	VMASKMOVPS  (R10)(AX*1), Y14, Y15
	VFMADD231PS Y12, Y15, Y1
	VFMADD231PS Y13, Y15, Y5
	VMASKMOVPS  (R11)(AX*1), Y14, Y15
	VFMADD231PS Y12, Y15, Y2
	VFMADD231PS Y13, Y15, Y6
	VMASKMOVPS  (R12)(AX*1), Y14, Y15
	VFMADD231PS Y12, Y15, Y3
	VFMADD231PS Y13, Y15, Y7
	VMASKMOVPS  (BX)(AX*1), Y14, Y12
	VFMADD231PS Y12, Y15, Y11
	VMASKMOVPS  (SI)(AX*1), Y14, Y15
	VFMADD231PS Y12, Y15, Y8
	VMASKMOVPS  (R10)(AX*1), Y14, Y15
	VFMADD231PS Y12, Y15, Y9
	VMASKMOVPS  (R11)(AX*1), Y14, Y15
	VFMADD231PS Y12, Y15, Y10

reduce:
	REDUCE(Y0, Y1, Y2, Y3, X0, X1, 0)
	REDUCE(Y4, Y5, Y6, Y7, X4, X5, 16)
	REDUCE(Y8, Y9, Y10, Y11, X8, X9, 32)
	VZEROUPPER
	RET

// func dotAVX(a, b *float32, n int) float32
TEXT ·dotAVX(SB), NOSPLIT, $0-28
	MOVQ a+0(FP), SI
	MOVQ b+8(FP), DI
	MOVQ n+16(FP), CX
	VXORPS Y0, Y0, Y0
	VXORPS Y1, Y1, Y1
	VXORPS Y2, Y2, Y2
	VXORPS Y3, Y3, Y3
	XORQ AX, AX
	MOVQ CX, R9
	SHRQ $5, R9
	JZ   eights

loop32:
	VMOVUPS     (SI)(AX*1), Y4
	VMOVUPS     32(SI)(AX*1), Y5
	VMOVUPS     64(SI)(AX*1), Y6
	VMOVUPS     96(SI)(AX*1), Y7
	VFMADD231PS (DI)(AX*1), Y4, Y0
	VFMADD231PS 32(DI)(AX*1), Y5, Y1
	VFMADD231PS 64(DI)(AX*1), Y6, Y2
	VFMADD231PS 96(DI)(AX*1), Y7, Y3
	ADDQ        $128, AX
	DECQ        R9
	JNZ         loop32

eights:
	MOVQ CX, R9
	SHRQ $3, R9
	ANDQ $3, R9
	JZ   tail

loop8:
	VMOVUPS     (SI)(AX*1), Y4
	VFMADD231PS (DI)(AX*1), Y4, Y0
	ADDQ        $32, AX
	DECQ        R9
	JNZ         loop8

tail:
	ANDQ $7, CX
	JZ   reduce
	LEAQ masks<>(SB), R8
	MOVQ $8, R9
	SUBQ CX, R9
	VMOVUPS     (R8)(R9*4), Y6
	VMASKMOVPS  (SI)(AX*1), Y6, Y4
	VMASKMOVPS  (DI)(AX*1), Y6, Y5
	VFMADD231PS Y5, Y4, Y1

reduce:
	VADDPS       Y1, Y0, Y0
	VADDPS       Y3, Y2, Y2
	VADDPS       Y2, Y0, Y0
	VEXTRACTF128 $1, Y0, X1
	VADDPS       X1, X0, X0
	VHADDPS      X0, X0, X0
	VHADDPS      X0, X0, X0
	VZEROUPPER
	MOVSS        X0, ret+24(FP)
	RET

// func axpyAVX(alpha float32, x, y *float32, n int)
TEXT ·axpyAVX(SB), NOSPLIT, $0-32
	VBROADCASTSS alpha+0(FP), Y0
	MOVQ x+8(FP), SI
	MOVQ y+16(FP), DI
	MOVQ n+24(FP), CX
	XORQ AX, AX
	MOVQ CX, R9
	SHRQ $3, R9
	JZ   tail

loop8:
	VMOVUPS     (DI)(AX*1), Y1
	VFMADD231PS (SI)(AX*1), Y0, Y1
	VMOVUPS     Y1, (DI)(AX*1)
	ADDQ        $32, AX
	DECQ        R9
	JNZ         loop8

tail:
	ANDQ $7, CX
	JZ   done
	LEAQ masks<>(SB), R8
	MOVQ $8, R9
	SUBQ CX, R9
	VMOVUPS     (R8)(R9*4), Y2
	VMASKMOVPS  (SI)(AX*1), Y2, Y3
	VMASKMOVPS  (DI)(AX*1), Y2, Y1
	VFMADD231PS Y3, Y0, Y1
	VMASKMOVPS  Y1, Y2, (DI)(AX*1)

done:
	VZEROUPPER
	RET
