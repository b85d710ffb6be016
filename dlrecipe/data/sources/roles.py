"""Which column of a table is what."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from dlrecipe.data.raw import listed
from dlrecipe.data.sources.matching import match_columns
from dlrecipe.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dlrecipe.data.raw import Wanted

DEFAULT_TARGETS = ("label", "target")


@dataclass(frozen=True, slots=True)
class Roles:
    """Which columns of a table are the inputs, in their order, and which are target, group and time."""

    inputs: list[str]
    target: str | None
    group: str | None
    time: str | None
    notes: tuple[str, ...]

    @property
    def labels(self) -> list[str]:
        """The columns that say something of a row without being inputs."""
        return [name for name in (self.target, self.group, self.time) if name]


def roles_of(columns: list[str], origin: str, wanted: Wanted) -> Roles:
    """Sort the columns of a table into inputs, target, group and time; the others are left out.

    Raises:
        DataError: A column is missing, or no input is left.
    """
    target = target_name(columns, origin, wanted)
    if wanted.schema is not None:
        labels = [name for name in (wanted.target, wanted.group, wanted.time) if name]
        notes = match_columns(origin, wanted.schema, columns, labels)
        group = wanted.group if wanted.group in columns and not wanted.unlabelled else None
        return Roles(wanted.schema.names.tolist(), target, group, None, notes)
    _require_label(columns, origin, "data.group", wanted.group, target)
    _require_label(columns, origin, "data.time", wanted.time, target)
    if target in wanted.drop:
        raise DataError(f"{origin}: `{target}` is the target; take it out of `data.drop`.")
    names = chosen_inputs(columns, origin, wanted, {target, wanted.group, wanted.time})
    return Roles(names, target, wanted.group, wanted.time, ())


def chosen_inputs(
    columns: list[str], origin: str, wanted: Wanted, labels: Collection[str | None]
) -> list[str]:
    """Return the columns that are inputs: all that have no other meaning, are kept, and are not dropped.

    Raises:
        DataError: A column that is to be dropped or kept does not exist, or no input is left.
    """
    require_columns(columns, origin, "data.drop", wanted.drop)
    require_columns(columns, origin, "data.keep", wanted.keep or ())
    kept = columns if wanted.keep is None else set(wanted.keep)
    names = [name for name in columns if name in kept and name not in labels and name not in wanted.drop]
    if not names:
        raise DataError(f"{origin}: no input column is left of {listed(columns)}.")
    return names


def require_columns(columns: Collection[str], origin: str, key: str, named: Sequence[str]) -> None:
    """Refuse names in a list of the config that are no columns.

    Raises:
        DataError: There are such names; the message has the nearest columns.
    """
    if absent := [name for name in named if name not in columns]:
        near = get_close_matches(absent[0], columns, n=1)
        hint = f"Did you mean `{near[0]}`?" if near else f"The columns are {listed(list(columns))}."
        raise DataError(f"{origin}: `{key}` names columns that do not exist: {listed(absent)}. {hint}")


def target_name(columns: list[str], origin: str, wanted: Wanted) -> str | None:
    """Return which column is the target; None where it is left unread.

    Raises:
        DataError: The named column does not exist, or none is named and the choice is not clear.
    """
    if wanted.unlabelled:
        return None
    if wanted.target is not None:
        if wanted.target not in columns:
            near = get_close_matches(wanted.target, columns, n=1)
            hint = f"Did you mean `{near[0]}`? The" if near else "The"
            raise DataError(
                f"{origin}: there is no column `{wanted.target}` for the target. {hint} columns are "
                f"{listed(columns)}."
            )
        return wanted.target
    present = [name for name in DEFAULT_TARGETS if name in columns]
    if len(present) == 1:
        return present[0]
    found = "both `label` and `target` are there" if present else f"the columns are {listed(columns)}"
    raise DataError(
        f"{origin}: which column is the target? Name it in `data.target` (--target of init); {found}."
    )


def _require_label(columns: list[str], origin: str, key: str, name: str | None, target: str | None) -> None:
    if name is None:
        return
    if name not in columns:
        raise DataError(
            f"{origin}: there is no column `{name}` for `{key}`; the columns are {listed(columns)}."
        )
    if name == target:
        raise DataError(f"{origin}: `{name}` is the target; `{key}` must be another column.")
