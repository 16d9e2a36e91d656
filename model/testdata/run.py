"""Runs model.onnx of a folder on the pictures of in.f32 and writes out.f32."""
import sys
from pathlib import Path

import numpy as np
import onnxruntime

folder = Path(sys.argv[1])
session = onnxruntime.InferenceSession(str(folder / "model.onnx"), providers=["CPUExecutionProvider"])
port = session.get_inputs()[0]
pictures = np.fromfile(folder / "in.f32", dtype=np.float32).reshape(-1, 1, *port.shape[1:])
rows = [session.run(None, {port.name: picture})[0] for picture in pictures]
if not isinstance(port.shape[0], int):  # any number of pictures goes in: all at once give the same
    together = session.run(None, {port.name: pictures[:, 0]})[0]
    assert np.abs(together - np.concatenate(rows)).max() < 1e-6
np.concatenate(rows).astype(np.float32).tofile(folder / "out.f32")
