//go:build !amd64 || purego

package numeric

const (
	useAssembly = false
	kernels     = plain
)

func tileAVX(*float32, int, *float32, int, int, *[tileA * tileB]float32) {
	panic("numeric: no assembly")
}

func dotAVX(*float32, *float32, int) float32 { panic("numeric: no assembly") }

func axpyAVX(float32, *float32, *float32, int) { panic("numeric: no assembly") }

func productAVX512(*product) { panic("numeric: no assembly") }

func productAVX2(*product) { panic("numeric: no assembly") }

func tapsAVX512(*filter) { panic("numeric: no assembly") }

func tapsAVX2(*filter) { panic("numeric: no assembly") }
