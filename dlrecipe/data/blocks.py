"""Big tables are worked through in blocks of rows, so that no second copy of them is ever needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_VALUES = 2**19  # in a block: 4 MiB of float64


def blocks(rows: int, width: int) -> Iterator[slice]:
    """Yield slices that cover `rows` rows of `width` values, each of about half a million values."""
    step = max(1, _VALUES // max(1, width))
    for start in range(0, rows, step):
        yield slice(start, min(start + step, rows))
