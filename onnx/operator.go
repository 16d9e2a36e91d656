package onnx

// operator is one operation, its settings checked, ready to be fitted to shapes.
type operator interface {
	// plan fits the operation to the shapes of its inputs.
	plan(in [][]int) (plan, error)
}

// plan is an operation on tensors of known shapes.
type plan struct {
	shape   []int   // of the output
	scratch int     // values of working memory
	work    float64 // multiplications, roughly
	run     func(in []Tensor, out, scratch []float32)
}

// absorber is an operation that can do a following one along with its own.
type absorber interface {
	// absorb reports whether next is now part of this operation.
	absorb(next operator) bool
}

// packer is an operation that orders its weights once nothing more is absorbed.
type packer interface{ pack() }

// elementwise is an operation that changes every value by itself.
func elementwise(in [][]int, change func(out, in []float32)) (plan, error) {
	return plan{shape: in[0], work: float64(product(in[0])),
		run: func(in []Tensor, out, _ []float32) { change(out, in[0].Data) }}, nil
}

// opcode tells how a node becomes an operator.
type opcode struct {
	least, most int    // inputs that may be computed: at least, at most; the rest are stored
	settings    string // the attributes that are understood, separated by spaces
	build       func(n *node) operator
}

const every = maxNodes // all inputs may be computed

// opcodes are the operators that run. Constant, Identity and Dropout never become one.
var opcodes = map[string]opcode{
	"Add":                {2, 2, "", paired(func(a, b float32) float32 { return a + b })},
	"AveragePool":        {1, 1, windowSettings + " ceil_mode count_include_pad", buildAveragePool},
	"BatchNormalization": {1, 1, "epsilon momentum spatial training_mode", buildBatchNorm},
	"Clip":               {1, 1, "min max", buildClip},
	"Concat":             {1, every, "axis", buildConcat},
	"Conv":               {1, 1, windowSettings + " group", buildConv},
	"Div":                {2, 2, "", paired(func(a, b float32) float32 { return a / b })},
	"Flatten":            {1, 1, "axis", buildFlatten},
	"Gather":             {1, 1, "axis", buildGather},
	"Gemm":               {1, 1, "alpha beta transA transB", buildGemm},
	"GlobalAveragePool":  {1, 1, "", func(*node) operator { return globalMean{} }},
	"HardSigmoid":        {1, 1, "alpha beta", buildHardSigmoid},
	"HardSwish":          {1, 1, "", func(*node) operator { return hardSwish }},
	"LeakyRelu":          {1, 1, "alpha", buildLeakyRelu},
	"MatMul":             {1, 2, "", buildMatMul},
	"MaxPool":            {1, 1, windowSettings + " ceil_mode storage_order", buildMaxPool},
	"Mul":                {2, 2, "", paired(func(a, b float32) float32 { return a * b })},
	"Pad":                {1, 1, "mode pads value", buildPad},
	"ReduceMean":         {1, 1, "axes keepdims noop_with_empty_axes", buildReduceMean},
	"Relu":               {1, 1, "", buildRelu},
	"Reshape":            {1, 1, "allowzero", buildReshape},
	"Resize":             {1, 1, resizeSettings, buildResize},
	"Sigmoid":            {1, 1, "", func(*node) operator { return sigmoid }},
	"Softmax":            {1, 1, "axis", buildSoftmax},
	"Squeeze":            {1, 1, "axes", buildSqueeze},
	"Sub":                {2, 2, "", paired(func(a, b float32) float32 { return a - b })},
	"Tanh":               {1, 1, "", func(*node) operator { return tangent }},
	"Transpose":          {1, 1, "perm", buildTranspose},
	"Unsqueeze":          {1, 1, "axes", buildUnsqueeze},
}
