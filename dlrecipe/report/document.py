"""A result for programs."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dlrecipe.results import Document


def to_json(document: Document, encoding: str | None = None) -> str:
    """Return a result as one JSON object, numbers in the shortest form that reads back to the same bits.

    Args:
        document: Any result.
        encoding: What the text will be written in, by default stdout's. Where it lacks a character, all but
            ASCII is escaped.
    """
    data = document.to_dict()
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, indent=2)
    try:
        text.encode(encoding or getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(data, allow_nan=False, indent=2)
    return text
