//go:build amd64 && !purego

#include "textflag.h"

// 24 set words, then 24 clear ones: the masks for n of 24 columns start 24-n words in.
DATA masks24<>+0(SB)/8, $0xffffffffffffffff
DATA masks24<>+8(SB)/8, $0xffffffffffffffff
DATA masks24<>+16(SB)/8, $0xffffffffffffffff
DATA masks24<>+24(SB)/8, $0xffffffffffffffff
DATA masks24<>+32(SB)/8, $0xffffffffffffffff
DATA masks24<>+40(SB)/8, $0xffffffffffffffff
DATA masks24<>+48(SB)/8, $0xffffffffffffffff
DATA masks24<>+56(SB)/8, $0xffffffffffffffff
DATA masks24<>+64(SB)/8, $0xffffffffffffffff
DATA masks24<>+72(SB)/8, $0xffffffffffffffff
DATA masks24<>+80(SB)/8, $0xffffffffffffffff
DATA masks24<>+88(SB)/8, $0xffffffffffffffff
DATA masks24<>+96(SB)/8, $0
GLOBL masks24<>(SB), RODATA|NOPTR, $192

// The fields of product, at DI.
#define PRODUCT \
	MOVQ w+0(FP), DI  \
	MOVQ 0(DI), SI    \ // a, four rows side by side
	MOVQ 8(DI), BX    \ // bias
	MOVQ 16(DI), R8   \ // b
	MOVQ 24(DI), R9   \ // at
	MOVQ 32(DI), R10  \ // dst
	MOVQ 40(DI), R11  \ // rows
	MOVQ 48(DI), R12  \ // inner
	MOVQ 56(DI), R13  \ // ldd
	MOVQ 64(DI), DX   \ // cols
	SHLQ $2, R13

// The next of the inner values: AX becomes where its row of b starts.
#define NEXT(loop) \
	ADDQ $16, SI   \
	INCQ CX        \
	CMPQ CX, R12   \
	JLT  loop

// One row of a against the loaded vectors of b.
#define ROW4(offset, A, B, C, D) \
	VBROADCASTSS offset(SI), Z20 \
	VFMADD231PS  Z16, Z20, A     \
	VFMADD231PS  Z17, Z20, B     \
	VFMADD231PS  Z18, Z20, C     \
	VFMADD231PS  Z19, Z20, D

#define ROW3(offset, A, B, C) \
	VBROADCASTSS offset(SI), Z20 \
	VFMADD231PS  Z16, Z20, A     \
	VFMADD231PS  Z17, Z20, B     \
	VFMADD231PS  Z18, Z20, C

#define ROW2(offset, A, B) \
	VBROADCASTSS offset(SI), Z20 \
	VFMADD231PS  Z16, Z20, A     \
	VFMADD231PS  Z17, Z20, B

// Bias, range, store: one row of up to 64 values. The data come last in VMAXPS and
// VMINPS, so that what is not a number stays so.
#define FINISH(A, B, C, D) \
	VBROADCASTSS (BX), Z20  \
	ADDQ         $4, BX     \
	VADDPS       Z20, A, A  \
	VADDPS       Z20, B, B  \
	VADDPS       Z20, C, C  \
	VADDPS       Z20, D, D  \
	VMAXPS       A, Z28, A  \
	VMAXPS       B, Z28, B  \
	VMAXPS       C, Z28, C  \
	VMAXPS       D, Z28, D  \
	VMINPS       A, Z29, A  \
	VMINPS       B, Z29, B  \
	VMINPS       C, Z29, C  \
	VMINPS       D, Z29, D  \
	VMOVUPS      A, K1, (R10)    \
	VMOVUPS      B, K2, 64(R10)  \
	VMOVUPS      C, K3, 128(R10) \
	VMOVUPS      D, K4, 192(R10) \
	ADDQ         R13, R10   \
	DECQ         R11        \
	JZ           done

// func productAVX512(w *product)
TEXT ·productAVX512(SB), NOSPLIT, $0-8
	PRODUCT
	VBROADCASTSS 72(DI), Z28
	VBROADCASTSS 76(DI), Z29
	MOVQ  $64, CX
	SUBQ  DX, CX
	MOVQ  $-1, AX
	SHRQ  CX, AX
	KMOVW AX, K1
	SHRQ  $16, AX
	KMOVW AX, K2
	SHRQ  $16, AX
	KMOVW AX, K3
	SHRQ  $16, AX
	KMOVW AX, K4

strip:
	VPXORD Z0, Z0, Z0
	VPXORD Z1, Z1, Z1
	VPXORD Z2, Z2, Z2
	VPXORD Z3, Z3, Z3
	VPXORD Z4, Z4, Z4
	VPXORD Z5, Z5, Z5
	VPXORD Z6, Z6, Z6
	VPXORD Z7, Z7, Z7
	VPXORD Z8, Z8, Z8
	VPXORD Z9, Z9, Z9
	VPXORD Z10, Z10, Z10
	VPXORD Z11, Z11, Z11
	VPXORD Z12, Z12, Z12
	VPXORD Z13, Z13, Z13
	VPXORD Z14, Z14, Z14
	VPXORD Z15, Z15, Z15
	XORQ   CX, CX
	CMPQ   DX, $48
	JGT    loop4
	CMPQ   DX, $32
	JGT    loop3
	CMPQ   DX, $16
	JGT    loop2

loop1:
	MOVQ             (R9)(CX*8), AX
	VMOVUPS.Z        (R8)(AX*4), K1, Z16
	VFMADD231PS.BCST (SI), Z16, Z0
	VFMADD231PS.BCST 4(SI), Z16, Z4
	VFMADD231PS.BCST 8(SI), Z16, Z8
	VFMADD231PS.BCST 12(SI), Z16, Z12
	NEXT(loop1)
	JMP store

loop2:
	MOVQ      (R9)(CX*8), AX
	VMOVUPS   (R8)(AX*4), Z16
	VMOVUPS.Z 64(R8)(AX*4), K2, Z17
	ROW2(0, Z0, Z1)
	ROW2(4, Z4, Z5)
	ROW2(8, Z8, Z9)
	ROW2(12, Z12, Z13)
	NEXT(loop2)
	JMP store

loop3:
	MOVQ      (R9)(CX*8), AX
	VMOVUPS   (R8)(AX*4), Z16
	VMOVUPS   64(R8)(AX*4), Z17
	VMOVUPS.Z 128(R8)(AX*4), K3, Z18
	ROW3(0, Z0, Z1, Z2)
	ROW3(4, Z4, Z5, Z6)
	ROW3(8, Z8, Z9, Z10)
	ROW3(12, Z12, Z13, Z14)
	NEXT(loop3)
	JMP store

loop4:
	MOVQ      (R9)(CX*8), AX
	VMOVUPS   (R8)(AX*4), Z16
	VMOVUPS   64(R8)(AX*4), Z17
	VMOVUPS   128(R8)(AX*4), Z18
	VMOVUPS.Z 192(R8)(AX*4), K4, Z19
	ROW4(0, Z0, Z1, Z2, Z3)
	ROW4(4, Z4, Z5, Z6, Z7)
	ROW4(8, Z8, Z9, Z10, Z11)
	ROW4(12, Z12, Z13, Z14, Z15)
	NEXT(loop4)

store:
	FINISH(Z0, Z1, Z2, Z3)
	FINISH(Z4, Z5, Z6, Z7)
	FINISH(Z8, Z9, Z10, Z11)
	FINISH(Z12, Z13, Z14, Z15)
	JMP strip

done:
	VZEROUPPER
	RET

#define YROW3(offset, A, B, C) \
	VBROADCASTSS offset(SI), Y15 \
	VFMADD231PS  Y12, Y15, A     \
	VFMADD231PS  Y13, Y15, B     \
	VFMADD231PS  Y14, Y15, C

#define YROW2(offset, A, B) \
	VBROADCASTSS offset(SI), Y15 \
	VFMADD231PS  Y12, Y15, A     \
	VFMADD231PS  Y13, Y15, B

#define YROW1(offset, A) \
	VBROADCASTSS offset(SI), Y15 \
	VFMADD231PS  Y12, Y15, A

// Bias and range of one row of up to 24 values: Y12 is the lower bound, Y13 the upper.
#define YFINISH(A, B, C) \
	VBROADCASTSS (BX), Y14  \
	ADDQ         $4, BX     \
	VADDPS       Y14, A, A  \
	VADDPS       Y14, B, B  \
	VADDPS       Y14, C, C  \
	VMAXPS       A, Y12, A  \
	VMAXPS       B, Y12, B  \
	VMAXPS       C, Y12, C  \
	VMINPS       A, Y13, A  \
	VMINPS       B, Y13, B  \
	VMINPS       C, Y13, C

#define YFULL(A, B, C) \
	VMOVUPS A, (R10)    \
	VMOVUPS B, 32(R10)  \
	VMOVUPS C, 64(R10)  \
	ADDQ    R13, R10    \
	DECQ    R11         \
	JZ      done

#define YPART(A, B, C) \
	VMOVUPS    (R14), Y15       \
	VMASKMOVPS A, Y15, (R10)    \
	VMOVUPS    32(R14), Y15     \
	VMASKMOVPS B, Y15, 32(R10)  \
	VMOVUPS    64(R14), Y15     \
	VMASKMOVPS C, Y15, 64(R10)  \
	ADDQ       R13, R10         \
	DECQ       R11              \
	JZ         done

// func productAVX2(w *product)
TEXT ·productAVX2(SB), NOSPLIT, $0-8
	PRODUCT
	MOVQ $24, CX
	SUBQ DX, CX
	LEAQ masks24<>(SB), R14
	LEAQ (R14)(CX*4), R14

strip:
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
	XORQ   CX, CX
	CMPQ   DX, $16
	JGT    loop3
	CMPQ   DX, $8
	JGT    loop2

loop1:
	MOVQ       (R9)(CX*8), AX
	VMOVUPS    (R14), Y15
	VMASKMOVPS (R8)(AX*4), Y15, Y12
	YROW1(0, Y0)
	YROW1(4, Y3)
	YROW1(8, Y6)
	YROW1(12, Y9)
	NEXT(loop1)
	JMP store

loop2:
	MOVQ       (R9)(CX*8), AX
	VMOVUPS    (R8)(AX*4), Y12
	VMOVUPS    32(R14), Y15
	VMASKMOVPS 32(R8)(AX*4), Y15, Y13
	YROW2(0, Y0, Y1)
	YROW2(4, Y3, Y4)
	YROW2(8, Y6, Y7)
	YROW2(12, Y9, Y10)
	NEXT(loop2)
	JMP store

loop3:
	MOVQ       (R9)(CX*8), AX
	VMOVUPS    (R8)(AX*4), Y12
	VMOVUPS    32(R8)(AX*4), Y13
	VMOVUPS    64(R14), Y15
	VMASKMOVPS 64(R8)(AX*4), Y15, Y14
	YROW3(0, Y0, Y1, Y2)
	YROW3(4, Y3, Y4, Y5)
	YROW3(8, Y6, Y7, Y8)
	YROW3(12, Y9, Y10, Y11)
	NEXT(loop3)

store:
	VBROADCASTSS 72(DI), Y12
	VBROADCASTSS 76(DI), Y13
	YFINISH(Y0, Y1, Y2)
	YFINISH(Y3, Y4, Y5)
	YFINISH(Y6, Y7, Y8)
	YFINISH(Y9, Y10, Y11)
	CMPQ DX, $24
	JLT  part
	YFULL(Y0, Y1, Y2)
	YFULL(Y3, Y4, Y5)
	YFULL(Y6, Y7, Y8)
	YFULL(Y9, Y10, Y11)
	JMP strip

part:
	YPART(Y0, Y1, Y2)
	YPART(Y3, Y4, Y5)
	YPART(Y6, Y7, Y8)
	YPART(Y9, Y10, Y11)
	JMP strip

done:
	VZEROUPPER
	RET
