package numeric

import (
	"math"
	"sync"
)

// Half rounds to the nearest IEEE 754 binary16, ties to even; what is too
// large becomes infinite.
func Half(v float32) uint16 {
	bits := math.Float32bits(v)
	sign := uint16(bits >> 16 & 0x8000)
	exponent := int(bits>>23&0xff) - 127 + 15
	mantissa := bits & 0x7fffff
	switch {
	case exponent >= 0x1f && (bits&0x7fffffff) > 0x7f800000:
		return sign | 0x7e00 // not a number
	case exponent >= 0x1f:
		return sign | 0x7c00
	case exponent <= 0 && exponent < -10:
		return sign
	case exponent <= 0: // subnormal
		mantissa |= 0x800000
		return sign | roundShift(mantissa, uint(14-exponent))
	}
	return sign | (uint16(exponent)<<10 + roundShift(mantissa, 13)) // a carry moves into the exponent, as it should
}

func roundShift(m uint32, by uint) uint16 {
	half, rest := uint32(1)<<(by-1), m&(1<<by-1)
	out := m >> by
	if rest > half || rest == half && out&1 == 1 {
		out++
	}
	return uint16(out)
}

// Halves gives every binary16 as float32, computed on first use.
var Halves = sync.OnceValue(func() *[1 << 16]float32 {
	var t [1 << 16]float32
	for h := range t {
		exponent, mantissa := h>>10&0x1f, float64(h&0x3ff)
		v := math.Ldexp(mantissa, -24)
		switch {
		case exponent == 0x1f && mantissa == 0:
			v = math.Inf(1)
		case exponent == 0x1f:
			v = math.NaN()
		case exponent > 0:
			v = math.Ldexp(1+mantissa/1024, exponent-15)
		}
		if h&0x8000 != 0 {
			v = -v
		}
		t[h] = float32(v)
	}
	return &t
})

// Halve rounds each value to the nearest binary16.
func Halve(x []float32) {
	half := Halves()
	for i, v := range x {
		x[i] = half[Half(v)]
	}
}
