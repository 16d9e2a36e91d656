//go:build amd64 && !purego

#include "textflag.h"

// Eight set words, then eight clear ones: the mask for r of 8 values starts 8-r words in.
DATA masks8<>+0(SB)/8, $0xffffffffffffffff
DATA masks8<>+8(SB)/8, $0xffffffffffffffff
DATA masks8<>+16(SB)/8, $0xffffffffffffffff
DATA masks8<>+24(SB)/8, $0xffffffffffffffff
DATA masks8<>+32(SB)/8, $0
GLOBL masks8<>(SB), RODATA|NOPTR, $64

// The fields of filter, at DI.
#define FILTER \
	MOVQ w+0(FP), DI  \
	MOVQ 0(DI), R10   \ // dst
	MOVQ 8(DI), R8    \ // src
	MOVQ 16(DI), R9   \ // at
	MOVQ 24(DI), SI   \ // weights
	MOVQ 32(DI), R12  \ // taps
	MOVQ 40(DI), DX     // values left

// func tapsAVX512(w *filter)
TEXT ·tapsAVX512(SB), NOSPLIT, $0-8
	FILTER
	VBROADCASTSS 48(DI), Z27
	VBROADCASTSS 52(DI), Z28
	VBROADCASTSS 56(DI), Z29
	SUBQ $64, DX
	JLT  rest

block:
	VMOVAPS Z27, Z0
	VMOVAPS Z27, Z1
	VMOVAPS Z27, Z2
	VMOVAPS Z27, Z3
	XORQ    CX, CX

tap:
	MOVQ         (R9)(CX*8), AX
	VBROADCASTSS (SI)(CX*4), Z4
	VFMADD231PS  (R8)(AX*4), Z4, Z0
	VFMADD231PS  64(R8)(AX*4), Z4, Z1
	VFMADD231PS  128(R8)(AX*4), Z4, Z2
	VFMADD231PS  192(R8)(AX*4), Z4, Z3
	INCQ         CX
	CMPQ         CX, R12
	JLT          tap
	VMAXPS       Z0, Z28, Z0
	VMAXPS       Z1, Z28, Z1
	VMAXPS       Z2, Z28, Z2
	VMAXPS       Z3, Z28, Z3
	VMINPS       Z0, Z29, Z0
	VMINPS       Z1, Z29, Z1
	VMINPS       Z2, Z29, Z2
	VMINPS       Z3, Z29, Z3
	VMOVUPS      Z0, (R10)
	VMOVUPS      Z1, 64(R10)
	VMOVUPS      Z2, 128(R10)
	VMOVUPS      Z3, 192(R10)
	ADDQ         $256, R8
	ADDQ         $256, R10
	SUBQ         $64, DX
	JGE          block

rest:
	ADDQ $64, DX
	JZ   done

vector:
	MOVQ  $16, CX
	CMPQ  DX, CX
	CMOVQLT DX, CX
	MOVQ  $1, AX
	SHLQ  CX, AX
	DECQ  AX
	KMOVW AX, K1
	VMOVAPS Z27, Z0
	XORQ  CX, CX

last:
	MOVQ         (R9)(CX*8), AX
	VBROADCASTSS (SI)(CX*4), Z4
	VMOVUPS.Z    (R8)(AX*4), K1, Z1
	VFMADD231PS  Z1, Z4, Z0
	INCQ         CX
	CMPQ         CX, R12
	JLT          last
	VMAXPS       Z0, Z28, Z0
	VMINPS       Z0, Z29, Z0
	VMOVUPS      Z0, K1, (R10)
	ADDQ         $64, R8
	ADDQ         $64, R10
	SUBQ         $16, DX
	JGT          vector

done:
	VZEROUPPER
	RET

// func tapsAVX2(w *filter)
TEXT ·tapsAVX2(SB), NOSPLIT, $0-8
	FILTER
	VBROADCASTSS 48(DI), Y13
	VBROADCASTSS 52(DI), Y14
	VBROADCASTSS 56(DI), Y15
	SUBQ $32, DX
	JLT  rest

block:
	VMOVAPS Y13, Y0
	VMOVAPS Y13, Y1
	VMOVAPS Y13, Y2
	VMOVAPS Y13, Y3
	XORQ    CX, CX

tap:
	MOVQ         (R9)(CX*8), AX
	VBROADCASTSS (SI)(CX*4), Y4
	VFMADD231PS  (R8)(AX*4), Y4, Y0
	VFMADD231PS  32(R8)(AX*4), Y4, Y1
	VFMADD231PS  64(R8)(AX*4), Y4, Y2
	VFMADD231PS  96(R8)(AX*4), Y4, Y3
	INCQ         CX
	CMPQ         CX, R12
	JLT          tap
	VMAXPS       Y0, Y14, Y0
	VMAXPS       Y1, Y14, Y1
	VMAXPS       Y2, Y14, Y2
	VMAXPS       Y3, Y14, Y3
	VMINPS       Y0, Y15, Y0
	VMINPS       Y1, Y15, Y1
	VMINPS       Y2, Y15, Y2
	VMINPS       Y3, Y15, Y3
	VMOVUPS      Y0, (R10)
	VMOVUPS      Y1, 32(R10)
	VMOVUPS      Y2, 64(R10)
	VMOVUPS      Y3, 96(R10)
	ADDQ         $128, R8
	ADDQ         $128, R10
	SUBQ         $32, DX
	JGE          block

rest:
	ADDQ $32, DX
	JZ   done

vector:
	MOVQ    $8, CX
	CMPQ    DX, CX
	CMOVQLT DX, CX
	MOVQ    $8, AX
	SUBQ    CX, AX
	LEAQ    masks8<>(SB), BX
	VMOVUPS (BX)(AX*4), Y5
	VMOVAPS Y13, Y0
	XORQ    CX, CX

last:
	MOVQ         (R9)(CX*8), AX
	VBROADCASTSS (SI)(CX*4), Y4
	VMASKMOVPS   (R8)(AX*4), Y5, Y1
	VFMADD231PS  Y1, Y4, Y0
	INCQ         CX
	CMPQ         CX, R12
	JLT          last
	VMAXPS       Y0, Y14, Y0
	VMINPS       Y0, Y15, Y0
	VMASKMOVPS   Y0, Y5, (R10)
	ADDQ         $32, R8
	ADDQ         $32, R10
	SUBQ         $8, DX
	JGT          vector

done:
	VZEROUPPER
	RET
