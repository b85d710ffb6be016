"""How a receiver's program reads the dates of a model's training data."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dlrecipe.data.calendar import Calendar

_TYPED = ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S")
"""How a program most likely writes dates that have a type of their own in its files."""


def date_forms(calendar: Calendar) -> list[str]:
    """The forms that Python's `strptime` knows, of which one fits each date of the training data.

    A form of ours may end in a fraction of a second, which Python has no optional sign for.
    """
    if not calendar.form:
        return list(_TYPED)
    form = calendar.form.replace("%#z", "%z")
    return [form.replace("%.f", ""), form.replace("%.f", ".%f")] if "%.f" in form else [form]
