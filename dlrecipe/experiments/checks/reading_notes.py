"""What was decided while the data were read, such as the task, and texts of dev that train does not have."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from dlrecipe.results import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlrecipe.experiments.checks.survey import Survey

LONGEST = 240
"""Characters of a note that a page has room for."""


def look_at_notes(survey: Survey) -> Iterator[Finding]:
    """Yield the notes that a training would print."""
    for note in survey.prepared.dataset.notes if survey.prepared else ():
        if not note.startswith("constant in"):  # which has a look of its own
            text = textwrap.shorten(f"{note[0].upper()}{note[1:]}", LONGEST, placeholder=" ...")
            yield Finding("note", "info", "A note on the data", text)
