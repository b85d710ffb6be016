"""What the target means: its classes, or a quantity's mean and scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from dlrecipe.data import archive
from dlrecipe.data.target import canonical
from dlrecipe.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dlrecipe.data.target import Classes


@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """What the target means.

    Attributes:
        source: The file the training data come from, to find the label file of another one beside it.
        name: What the target is called there: a column, an array or a label file.
        classes: The sorted labels, as the file has them; None for a regression.
        mean, scale: Of a regression's target over the training rows; 0 and 1 for classes.
    """

    source: str
    name: str
    classes: Classes | None
    mean: float = 0.0
    scale: float = 1.0

    def class_of(self, label: str) -> int | None:
        """Return the index of the class that a text means, whatever the labels' type; None for none."""
        labels: list[Any] = [] if self.classes is None else self.classes.tolist()
        numeric = self.classes is not None and self.classes.dtype.kind != "U"
        texts = [canonical(known) for known in labels]
        wanted = canonical(label, numeric=numeric)
        return texts.index(wanted) if wanted in texts else None

    def to_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return plain arrays from which `from_arrays` makes the same labels."""
        arrays: dict[str, npt.NDArray[Any]] = {
            "source": np.array(self.source),
            "target_name": np.array(self.name),
        }
        if self.classes is not None:
            return arrays | {"classes": self.classes}
        return arrays | {"target_mean": np.array(self.mean), "target_scale": np.array(self.scale)}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> Labels:
        """Return the labels that `to_arrays` wrote.

        Raises:
            DataError: An array is missing, unreadable or cannot be what it should.
        """
        source, name = archive.word(arrays, "source"), archive.word(arrays, "target_name")
        if "classes" not in arrays:
            mean, scale = archive.number(arrays, "target_mean"), archive.number(arrays, "target_scale")
            if scale <= 0:
                raise DataError("the model's `target_scale` must be positive; the file is damaged.")
            return cls(source, name, None, mean, scale)
        classes = archive.array(arrays, "classes", "Uiufb")
        if classes.ndim != 1 or len(classes) < 2:
            raise DataError("the model's `classes` must be a list of two or more; the file is damaged.")
        return cls(source, name, classes)
