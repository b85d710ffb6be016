"""Small trainings, and what of them must not change."""

import json

import numpy as np

from dlrecipe.runs import RunFolder, read_history

SMALL = """
name: small
data: {source: breast-cancer}
network: {layers: [8, 4], keep_prob: [0.8, 1.0]}
training: {epochs: 6, lambda: 0.5, l1_ratio: 0.3, patience: null, learning_rate: 0.01}
"""


def bits(folder):
    """All that must be equal after a resume: the model to the bit, and the history without its seconds."""
    run = RunFolder(folder)
    with np.load(run.model) as arrays:
        model = {name: (arrays[name].dtype.str, arrays[name].tobytes()) for name in arrays.files}
    return model, [epoch._replace(seconds=0.0) for epoch in read_history(run.history)]


def verdict(folder):
    """The result without what names the run or took its time."""
    result = json.loads(RunFolder(folder).result.read_text())
    for key in ("run", "seconds", "files", "checksum"):
        del result[key]
    for suggestion in result["diagnosis"]["suggestions"]:
        del suggestion["command"]
    return result
