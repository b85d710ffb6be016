"""English sentences read back into the messages that they are made of, and said in another language."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from dlrecipe.language.pattern import PLACE, WORD, Reading, patterns_of, rank

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dlrecipe.language.catalogue import Message

_CODE = re.compile(r"`[^`]*`")
LONGEST = 2000
"""Characters that are read; beyond, a text is a list of names in the main."""


class Translator:
    """Says in another language what a catalogue has messages for."""

    def __init__(self, messages: Iterable[Message]) -> None:
        messages = list(messages)
        self._whole = {one.english: one.translation for one in messages if not PLACE.search(one.english)}
        placed = [one for one in messages if one.english not in self._whole]
        self._patterns = [pattern for one in sorted(placed, key=rank) for pattern in patterns_of(one)]
        self._read = cache(self._reading)

    def translate(self, text: str) -> str:
        """Return `text` in the catalogue's language; what no message says stays as it is."""
        return text if len(text) > LONGEST else self._read(text).text

    def _reading(self, text: str) -> Reading:
        """Return the best reading: the fewest words unknown, then the fewest sentences swallowed."""
        for form in _forms(text):
            if form in self._whole:
                return Reading(0, 0, self._whole[form])
        best = Reading(len(WORD.findall(_CODE.sub("", text))), 0, text)
        for form in _forms(text):
            for pattern in [pattern for pattern in self._patterns if pattern.anchor in form]:
                if best[:2] == (0, 0):
                    return best
                found = pattern.read(form, self._read)
                if found is not None:
                    best = min(best, found, key=lambda reading: reading[:2])
        return best


def _forms(text: str) -> Iterator[str]:
    """Yield the text, and as it was before it was moved to or from the start of a sentence."""
    yield text
    if text and text[0].isalpha():
        yield text[0].swapcase() + text[1:]
