//go:build !amd64 || purego

package numeric

const useAssembly = false

func tileAVX(*float32, int, *float32, int, int, *[tileA * tileB]float32) {
	panic("numeric: no assembly")
}

func dotAVX(*float32, *float32, int) float32 { panic("numeric: no assembly") }

func axpyAVX(float32, *float32, *float32, int) { panic("numeric: no assembly") }
