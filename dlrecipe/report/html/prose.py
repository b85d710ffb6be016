"""Sentences of the program as HTML."""

from __future__ import annotations

from markupsafe import Markup, escape


def prose(text: str) -> Markup:
    """Return a sentence with what stands between backticks as code; everything is escaped."""
    pieces = text.split("`")
    if len(pieces) % 2 == 0:  # a backtick that belongs to a name
        return escape(text)
    return Markup("").join(
        Markup("<code>{}</code>").format(piece) if at % 2 else escape(piece)
        for at, piece in enumerate(pieces)
    )
