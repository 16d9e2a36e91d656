"""Writes the graphs of testdata/operators and what onnxruntime makes of them.

    pip install -r requirements.txt
    python make.py [FOLDER_OF_MODELS]

Every input is made by formula, so that the test makes the same one. With a folder
that holds the two networks of the design it also writes samples of their outputs.
"""
import json
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

HERE = Path(__file__).parent
CHANCE = np.random.default_rng(1)


def numbers(shape):
    i = np.arange(int(np.prod(shape)), dtype=np.int64)
    return (((i * i * 31 + i * 17) & 255).astype(np.float32) / np.float32(64) - np.float32(2)).reshape(shape)


def picture(channels, side):
    c, y, x = np.meshgrid(np.arange(channels), np.arange(side), np.arange(side), indexing="ij")
    return ((x * 3 + y * 5 + c * 67 + ((x * y) >> 3)) & 255).astype(np.float32)[None]


def weights(*shape):
    return CHANCE.normal(size=shape).astype(np.float32)


def run(model, value):
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, {session.get_inputs()[0].name: value})[0]


CASES = {}


def case(name, shape, nodes, stored=(), opset=17):
    """One graph: nodes are (operator, inputs, attributes), each fed by the one before: as
    its first input, or where the inputs say "@". The last output is the result."""
    made, previous = [], "x"
    for k, (kind, inputs, attributes) in enumerate(nodes):
        inputs = inputs if "@" in inputs else ["@", *inputs]
        out = "y" if k == len(nodes) - 1 else f"t{k}"
        made.append(helper.make_node(kind, [previous if i == "@" else i for i in inputs], [out], name=f"n{k}", **attributes))
        previous = out
    graph = helper.make_graph(made, name, [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
                              [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
                              [numpy_helper.from_array(np.asarray(v), k) for k, v in dict(stored).items()])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], producer_name="", ir_version=8)
    result = run(model, numbers(shape))
    onnx.save(model, HERE / "operators" / f"{name}.onnx")
    CASES[name] = {"input": list(shape), "shape": list(result.shape), "output": [float(f"{v:.7g}") for v in result.flatten()]}


def f(*values):
    return np.array(values, dtype=np.float32)


def n(*values):
    return np.array(values, dtype=np.int64)


def convolutions():
    def conv(name, shape, w, after=(), bias=True, **attributes):
        stored = {"w": w}
        inputs = ["w"]
        if bias:
            stored["b"] = weights(w.shape[0])
            inputs.append("b")
        for _, _, extra in after:
            stored.update(extra)
        case(name, shape, [("Conv", inputs, attributes)] + [(k, i, {}) for k, i, _ in after], stored)

    conv("conv-1x1", [1, 5, 3, 4], weights(7, 5, 1, 1))
    conv("conv-1x1-stride", [1, 3, 7, 6], weights(5, 3, 1, 1), strides=[2, 2])
    conv("conv-3x3", [1, 3, 6, 5], weights(4, 3, 3, 3), pads=[1, 1, 1, 1])
    conv("conv-3x3-stride-uneven", [1, 3, 8, 7], weights(4, 3, 3, 3), pads=[0, 0, 1, 1], strides=[2, 2])
    conv("conv-3x3-batch", [2, 2, 4, 4], weights(3, 2, 3, 3), bias=False)
    conv("conv-2x3-stride-3x1", [1, 2, 8, 5], weights(2, 2, 2, 3), pads=[1, 0, 2, 1], strides=[3, 1])
    conv("conv-dilated", [1, 2, 7, 8], weights(3, 2, 3, 3), dilations=[2, 3], pads=[2, 3, 2, 3])
    conv("conv-grouped", [1, 6, 5, 5], weights(4, 3, 3, 3), group=2, pads=[1, 1, 1, 1])
    conv("conv-depthwise-3x3", [1, 4, 6, 5], weights(4, 1, 3, 3), group=4, pads=[1, 1, 1, 1])
    conv("conv-depthwise-3x3-stride", [2, 3, 8, 9], weights(3, 1, 3, 3), group=3, pads=[0, 0, 1, 1], strides=[2, 2])
    conv("conv-depthwise-5x5", [1, 3, 7, 6], weights(3, 1, 5, 5), group=3, pads=[2, 2, 2, 2])
    conv("conv-depthwise-twofold", [1, 3, 4, 4], weights(6, 1, 3, 3), group=3)
    conv("conv-same-upper", [1, 2, 7, 8], weights(3, 2, 3, 3), auto_pad="SAME_UPPER", strides=[2, 2])
    conv("conv-same-lower", [1, 2, 7, 8], weights(3, 2, 2, 2), auto_pad="SAME_LOWER")
    conv("conv-valid", [1, 2, 5, 5], weights(3, 2, 3, 3), auto_pad="VALID")
    conv("conv-relu6", [1, 3, 4, 5], weights(5, 3, 1, 1), [("Clip", ["lo", "hi"], {"lo": f(0).reshape(()), "hi": f(6).reshape(())})])
    norm = {"s": weights(4), "o": weights(4), "m": weights(4), "v": np.abs(weights(4)) + f(.1)}
    conv("conv-norm-relu", [1, 3, 5, 5], weights(4, 3, 3, 3), [("BatchNormalization", ["s", "o", "m", "v"], norm), ("Relu", [], {})])
    conv("conv-depthwise-norm", [1, 4, 5, 5], weights(4, 1, 3, 3), [("BatchNormalization", ["s", "o", "m", "v"], norm)], group=4)


def pools():
    case("maxpool", [1, 2, 7, 6], [("MaxPool", [], dict(kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1]))])
    case("maxpool-ceil", [1, 1, 6, 7], [("MaxPool", [], dict(kernel_shape=[3, 2], strides=[2, 2], ceil_mode=1))])
    case("averagepool", [1, 2, 5, 6], [("AveragePool", [], dict(kernel_shape=[3, 3], strides=[1, 2], pads=[1, 1, 1, 1]))])
    case("averagepool-border", [1, 2, 5, 6], [("AveragePool", [], dict(kernel_shape=[3, 3], pads=[1, 1, 1, 1], count_include_pad=1))])
    case("averagepool-ceil", [1, 1, 6, 7], [("AveragePool", [], dict(kernel_shape=[3, 3], strides=[2, 2], ceil_mode=1))])
    case("globalaveragepool", [2, 3, 4, 5], [("GlobalAveragePool", [], {})])
    case("reducemean", [2, 3, 4, 5], [("ReduceMean", [], dict(axes=[2, 3], keepdims=0))])
    case("reducemean-18", [2, 3, 4, 5], [("ReduceMean", ["a"], dict(keepdims=1))], {"a": n(-1, -2)}, opset=18)


def values():
    for kind in ["Relu", "Sigmoid", "Tanh", "HardSwish"]:
        case(kind.lower(), [2, 9], [(kind, [], {})])
    case("hardsigmoid", [2, 9], [("HardSigmoid", [], dict(alpha=1 / 6, beta=.5))])
    case("leakyrelu", [2, 9], [("LeakyRelu", [], dict(alpha=.1))])
    case("clip", [2, 9], [("Clip", ["lo"], {})], {"lo": f(-.5).reshape(())})
    case("clip-6", [2, 9], [("Clip", [], dict(min=-1.0, max=1.0))], opset=10)
    case("softmax", [2, 3, 4], [("Softmax", [], dict(axis=1))])
    case("softmax-11", [2, 3, 4], [("Softmax", [], dict(axis=1))], opset=11)
    case("batchnormalization", [2, 3, 2, 2], [("BatchNormalization", ["s", "o", "m", "v"], dict(epsilon=1e-3))],
         {"s": weights(3), "o": weights(3), "m": weights(3), "v": np.abs(weights(3)) + f(.1)})


def pairs():
    for kind in ["Add", "Sub", "Mul", "Div"]:
        case(kind.lower(), [1, 3, 2, 4], [(kind, ["c"], {})], {"c": weights(3, 1, 1) + f(3)})
    case("add-self", [1, 2, 3, 4], [("Relu", [], {}), ("Add", ["@", "x"], {})])
    case("add-last", [2, 3, 4], [("Add", ["c"], {})], {"c": weights(4)})
    case("sub-first", [2, 3], [("Sub", ["c", "@"], {})], {"c": weights(5, 1, 1, 3)})
    case("mul-gate", [1, 3, 4, 5], [("GlobalAveragePool", [], {}), ("Sigmoid", [], {}), ("Mul", ["x", "@"], {})])
    case("mul-scalar", [2, 5], [("Mul", ["c"], {})], {"c": f(2.5)})


def shapes():
    case("flatten", [2, 3, 2, 2], [("Flatten", [], dict(axis=2))])
    case("reshape", [2, 3, 4], [("Reshape", ["s"], {})], {"s": n(0, -1, 2)})
    case("transpose", [2, 3, 4, 5], [("Transpose", [], dict(perm=[0, 2, 3, 1]))])
    case("transpose-reverse", [2, 3, 4], [("Transpose", [], {})])
    case("transpose-shuffle", [1, 6, 2, 3], [("Reshape", ["s"], {}), ("Transpose", [], dict(perm=[0, 2, 1, 3, 4])), ("Reshape", ["r"], {})],
         {"s": n(1, 2, 3, 2, 3), "r": n(1, 6, 2, 3)})
    case("squeeze", [1, 3, 1, 2], [("Squeeze", ["a"], {})], {"a": n(0, -2)})
    case("unsqueeze", [3, 2], [("Unsqueeze", ["a"], {})], {"a": n(0, 3)})
    case("concat", [1, 2, 3, 4], [("Relu", [], {}), ("Concat", ["x", "@", "c"], dict(axis=1))], {"c": weights(1, 1, 3, 4)})
    case("concat-last", [2, 3], [("Relu", [], {}), ("Concat", ["@", "x"], dict(axis=-1))])
    case("gather", [4, 3], [("Gather", ["i"], dict(axis=0))], {"i": np.array(-2, dtype=np.int64)})
    case("gather-many", [2, 5, 3], [("Gather", ["i"], dict(axis=1))], {"i": n(4, 0, 0, 2).reshape(2, 2)})
    case("pad", [1, 2, 3, 4], [("Pad", ["p", "v"], {})], {"p": n(0, 1, 2, 0, 0, 0, 1, 3), "v": f(.5).reshape(())})
    for name, attributes in {
        "resize": dict(coordinate_transformation_mode="asymmetric", nearest_mode="floor"),
        "resize-half-pixel": {},
        "resize-corners": dict(coordinate_transformation_mode="align_corners", nearest_mode="round_prefer_ceil"),
    }.items():
        case(name, [1, 2, 3, 4], [("Resize", ["", "s"], attributes)], {"s": f(1, 1, 2, 1.5)})
    case("resize-sizes", [1, 1, 5, 4], [("Resize", ["", "", "s"], dict(coordinate_transformation_mode="asymmetric", nearest_mode="ceil"))], {"s": n(1, 1, 3, 7)})
    case("constant-identity-dropout", [2, 3], [("Identity", [], {}), ("Dropout", [], {}), ("Add", ["c"], {})], {"c": weights(3)})


def products():
    case("gemm", [3, 5], [("Gemm", ["w", "b"], {})], {"w": weights(5, 4), "b": weights(4)})
    case("gemm-turned", [3, 5], [("Gemm", ["w", "b"], dict(transB=1, alpha=.5, beta=2.0))], {"w": weights(4, 5), "b": weights(1)})
    case("matmul", [2, 3, 5], [("MatMul", ["w"], {})], {"w": weights(5, 4)})
    case("matmul-both", [2, 3, 4], [("Transpose", [], dict(perm=[0, 2, 1])), ("MatMul", ["x", "@"], {})])


def sample(path, value, step, name):
    result = run(onnx.load(path), value).flatten()[::step].astype("<f4")
    (HERE / f"{name}.f32").write_bytes(result.tobytes())


if __name__ == "__main__":
    (HERE / "operators").mkdir(exist_ok=True)
    for group in (convolutions, pools, values, pairs, shapes, products):
        group()
    lines = [f"{json.dumps(name)}: {json.dumps(entry, separators=(',', ':'))}" for name, entry in sorted(CASES.items())]
    (HERE / "operators.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")
    if len(sys.argv) > 1:
        models = Path(sys.argv[1])
        for side in (224, 128):
            sample(models / "mobilenetv2_035_224_embed.onnx", picture(3, side) / np.float32(127.5) - np.float32(1), 1, f"mobilenet-{side}")
        sample(models / "FastestDet.onnx", picture(3, 352) / np.float32(255), 41, "fastestdet")
