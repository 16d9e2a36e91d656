package numeric

// Matrix is a dense row-major matrix of float32: element (i, j) is Data[i*Cols+j].
type Matrix struct {
	Rows, Cols int
	Data       []float32
}

// NewMatrix returns a zero matrix.
func NewMatrix(rows, cols int) *Matrix {
	return &Matrix{Rows: rows, Cols: cols, Data: make([]float32, rows*cols)}
}

// Row returns row i, sharing the memory of m.
func (m *Matrix) Row(i int) []float32 {
	return m.Data[i*m.Cols : (i+1)*m.Cols : (i+1)*m.Cols]
}

// Slice returns the rows from low up to high (excluded), sharing the memory of m.
func (m *Matrix) Slice(low, high int) *Matrix {
	return &Matrix{Rows: high - low, Cols: m.Cols, Data: m.Data[low*m.Cols : high*m.Cols]}
}

// Transpose returns a transposed copy of m.
func (m *Matrix) Transpose() *Matrix {
	const block = 32
	t := NewMatrix(m.Cols, m.Rows)
	for top := 0; top < m.Rows; top += block {
		for left := 0; left < m.Cols; left += block {
			for i := top; i < min(top+block, m.Rows); i++ {
				for j := left; j < min(left+block, m.Cols); j++ {
					t.Data[j*m.Rows+i] = m.Data[i*m.Cols+j]
				}
			}
		}
	}
	return t
}

// SquaredNorms returns the squared length of every row.
func (m *Matrix) SquaredNorms() []float32 {
	norms := make([]float32, m.Rows)
	for i := range norms {
		row := m.Row(i)
		norms[i] = Dot(row, row)
	}
	return norms
}
