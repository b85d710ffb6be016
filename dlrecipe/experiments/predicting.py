"""Predictions for a file, and where asked for, into another one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.data import Predicted, format_of
from dlrecipe.errors import UsageError
from dlrecipe.experiments.engine import limited
from dlrecipe.experiments.run import Run, open_run
from dlrecipe.results import Predictions
from dlrecipe.runs.atomic import replacing

if TYPE_CHECKING:
    import numpy.typing as npt

    from dlrecipe.data import Unlabelled
    from dlrecipe.results.predictions import Label
    from dlrecipe.runs import Model

CHUNK = 1024
"""Examples per forward pass."""


def predict(
    run: Run | str | Path | None,
    data: str | Path | npt.NDArray[np.number],
    out: str | Path | None = None,
    runs: str | Path = "runs",
) -> Predictions:
    """What a finished run's model says of the rows of a file.

    Args:
        run: A run, or its path, name or number; None for the newest finished one.
        data: A file with the columns of the run's source, a target in it is not looked at; or an array with
            these columns in their order.
        out: A file for the predictions, its format by its name, or else that of `data`; None for none.
        runs: The folder of runs.

    Raises:
        RunError: There is no such run, or the file cannot be written.
        DataError: The data do not fit the model.
        UsageError: The predictions would overwrite the data.
    """
    return predict_as(run, data, out, runs)[0]


def predict_as(
    run: Run | str | Path | None,
    data: str | Path | npt.NDArray[np.number],
    out: str | Path | None = None,
    runs: str | Path = "runs",
) -> tuple[Predictions, Predicted]:
    """As `predict`, with the predictions as what can be turned into a file's bytes."""
    opened = run if isinstance(run, Run) else open_run(run, runs)
    named = "array" if isinstance(data, np.ndarray) else str(data)
    if out is not None and Path(out).resolve() == Path(named).resolve():
        raise UsageError(f"--out {out} would overwrite the data. Name another file.")
    encoder = opened.model.encoder
    examples = encoder.read_array(data) if isinstance(data, np.ndarray) else encoder.read_unlabelled(named)
    with limited(1):
        predicted = _predicted(opened.model, examples)
    if out is not None:
        with replacing(Path(out)) as file:
            file.write(predicted.encoded(format_of(str(out)) or format_of(named) or ".csv"))
    result = Predictions(
        run=str(opened.folder),
        data=named,
        out=None if out is None else str(out),
        examples=examples.count,
        task=opened.result.task,
        classes=None if predicted.classes is None else tuple(predicted.classes.tolist()),
        predictions=_with_gaps(predicted.values, predicted.present),
        probabilities=_probabilities(predicted),
        notes=examples.notes,
    )
    return result, predicted


def _predicted(model: Model, examples: Unlabelled) -> Predicted:
    """Predict the rows that can be, and leave the others open."""
    encoder, network = model.encoder, model.network
    X = examples.X.astype(model.theta.dtype, copy=False)
    chunks = [network.logits(model.theta, X[start : start + CHUNK]) for start in range(0, len(X), CHUNK)]
    Z = np.concatenate(chunks).astype(np.float64)
    present = np.zeros(examples.count, np.bool_)
    present[examples.rows] = True
    output = network.loss.output(Z)
    if encoder.classes is None:
        values = np.full(examples.count, np.nan)
        values[examples.rows] = output[:, 0] * encoder.target_scale + encoder.target_mean
        return Predicted(values, present, None, None)
    chosen = (Z[:, 0] > 0).astype(np.int64) if Z.shape[1] == 1 else Z.argmax(axis=1)
    at = np.zeros(examples.count, np.int64)
    at[examples.rows] = chosen
    probabilities = np.full((examples.count, len(encoder.classes)), np.nan)
    probabilities[examples.rows] = np.hstack([1 - output, output]) if Z.shape[1] == 1 else output
    return Predicted(encoder.classes[at], present, encoder.classes, probabilities)


def _probabilities(predicted: Predicted) -> tuple[tuple[float, ...] | None, ...] | None:
    if predicted.probabilities is None:
        return None
    rows = zip(predicted.probabilities.tolist(), predicted.present.tolist(), strict=True)
    return tuple(tuple(row) if present else None for row, present in rows)


def _with_gaps(values: npt.NDArray[np.generic], present: npt.NDArray[np.bool_]) -> tuple[Label | None, ...]:
    pairs = zip(values.tolist(), present.tolist(), strict=True)
    return tuple(value if there else None for value, there in pairs)
