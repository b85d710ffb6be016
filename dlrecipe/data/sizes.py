"""How many rows each part gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dlrecipe.data.plan import Split

PARTS = ("train", "dev", "test")
_SHARE = 5  # dev and test are a fifth of the rows each …
_ENOUGH = 10_000  # … but no more than tells errors apart by a tenth of a point


def part_sizes(n: int, split: Split, *, parts: tuple[str, ...] = PARTS) -> dict[str, int]:
    """Return the exact size of each of `parts`; what the sum leaves of n rows is unused.

    `auto` gives dev and test a fifth each, at most 10,000 rows, and train the rest. Fractions are rounded so
    that the sizes add to n (the largest remainders are rounded up). Whole numbers are counts.

    Raises:
        DataError: A part would be empty, the counts exceed n, or fractions do not add to 1.
    """
    if split == "auto":
        small = min((2 * n + _SHARE) // (2 * _SHARE), _ENOUGH)
        sizes = {part: small for part in parts if part != "train"}
        sizes = {"train": n - sum(sizes.values()), **sizes}
    else:
        shares = {part: split[part] for part in PARTS if split.get(part)}
        _require_parts(shares, parts)
        counts = all(isinstance(share, int) for share in shares.values())
        sizes = _counted(n, shares) if counts else _rounded(n, shares)
    if empty := [part for part, size in sizes.items() if size < 1]:
        raise DataError(f"{n:,} rows are too few: {' and '.join(empty)} would be empty. See `data.split`.")
    return sizes


def _require_parts(shares: Mapping[str, float], parts: tuple[str, ...]) -> None:
    if absent := [part for part in ("train", "dev") if part not in shares]:
        raise DataError(
            f"`data.split` leaves no rows for {' and '.join(absent)}; both train and dev are needed."
        )
    if "test" in shares and "test" not in parts:
        raise DataError(
            "`data.split` asks for test rows, but `data.test` names a file for them. Leave one of them out."
        )


def _counted(n: int, counts: Mapping[str, float]) -> dict[str, int]:
    sizes = {part: int(count) for part, count in counts.items()}
    total = sum(sizes.values())
    if min(sizes.values()) < 0 or total > n:
        asked = ", ".join(f"{part} {size:,}" for part, size in sizes.items())
        raise DataError(f"`data.split` asks for {total:,} rows ({asked}), but there are {n:,}.")
    return sizes


def _rounded(n: int, fractions: Mapping[str, float]) -> dict[str, int]:
    if min(fractions.values()) < 0 or abs(sum(fractions.values()) - 1) > 1e-6:
        raise DataError(f"`data.split`: fractions must add to 1. They add to {sum(fractions.values()):g}.")
    exact = {part: round(n * fraction, 6) for part, fraction in fractions.items()}
    sizes = {part: int(size) for part, size in exact.items()}
    by_remainder = sorted(
        exact, key=lambda part: sizes[part] - exact[part]
    )  # stable: train before dev before test
    for part in by_remainder[: n - sum(sizes.values())]:
        sizes[part] += 1
    return sizes
