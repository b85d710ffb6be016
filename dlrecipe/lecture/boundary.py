"""What a network of two inputs decides, over the plane of its training examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dlrecipe.lecture.trainings import part
from dlrecipe.results import Plane

if TYPE_CHECKING:
    from dlrecipe.lecture.trainings import Trained

COLUMNS, ROWS = 56, 28


def boundary(title: str, model: Trained) -> Plane:
    """The plane cut into what is taken for class 0 and for class 1, with the training examples on it."""
    train = part(model.prepared, "train")
    (left, bottom), (right, top) = train.X.min(axis=0) - 0.3, train.X.max(axis=0) + 0.3
    x, y = np.meshgrid(np.linspace(left, right, COLUMNS), np.linspace(top, bottom, ROWS))
    cells = np.stack((x.ravel(), y.ravel()), axis=1).astype(train.X.dtype)
    decided = (model.network.logits(model.theta, cells)[:, 0] > 0).reshape(ROWS, COLUMNS)
    points = [(float(a), float(b), int(kind)) for (a, b), kind in zip(train.X, train.Y[:, 0], strict=True)]
    return Plane(
        title,
        "x1",
        "x2",
        (float(left), float(right)),
        (float(bottom), float(top)),
        tuple(tuple(row) for row in decided.astype(int).tolist()),
        tuple(points),
    )
