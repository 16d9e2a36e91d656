"""Writes the small networks of the tests.

    pip install -r ../../onnx/testdata/requirements.txt
    python make.py
"""
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

CHANCE = np.random.default_rng(1)


def network(name, scale):
    w = (CHANCE.normal(size=(24, 3, 5, 5)) * scale).astype(np.float32)
    nodes = [helper.make_node("Conv", ["input", "w"], ["a"], name="conv", strides=[4, 4], pads=[2, 2, 2, 2]),
             helper.make_node("Relu", ["a"], ["b"], name="relu"),
             helper.make_node("GlobalAveragePool", ["b"], ["c"], name="mean"),
             helper.make_node("Flatten", ["c"], ["features"], name="flat")]
    graph = helper.make_graph(nodes, name, [helper.make_tensor_value_info("input", TensorProto.FLOAT, ["N", 3, "H", "W"])],
                              [helper.make_tensor_value_info("features", TensorProto.FLOAT, ["N", 24])], [numpy_helper.from_array(w, "w")])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], producer_name="", ir_version=8)
    onnx.save(model, Path(__file__).parent / f"{name}.onnx")


network("small", 0.3)
network("silent", 0)
