"""Label files (.npy, IDX): where another file's labels are, judged by the names of the training data."""

from __future__ import annotations

from dlrecipe.data.sources.files import is_regular


def label_file(path: str, source: str, target: str) -> str | None:
    """Return the label file of `path`, given that `source` has `target`; None if it is not to be found.

    The change of names that leads from `source` to `target` is repeated: as `train_X.npy` has `train_y.npy`,
    `dev_X.npy` has `dev_y.npy`.
    """
    if path == source:
        return target
    start = _shared(source, target)
    end = _shared(source[start:][::-1], target[start:][::-1])
    old, new = source[start : len(source) - end], target[start : len(target) - end]
    head, _, tail = path.rpartition(old) if old else (path, "", "")
    beside = head + new + tail
    return beside if beside != path and is_regular(beside) else None


def _shared(one: str, other: str) -> int:
    """Return how many first characters two texts share."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
