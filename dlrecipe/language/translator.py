"""English sentences read back into the messages that they are made of, and said in another language."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dlrecipe.language.catalogue import Message

_PLACE = re.compile(r"\{(\d)\}")
_WORD = re.compile(r"[A-Za-z]{2,}")
_END = re.compile(r"[.:?](?= [A-Z`]|$)|[;,](?= )")
SENTENCES = "{0} {1}"
GLUE = (SENTENCES, "{0}; {1}", "{0}.", "{0}: {1}", "{0} and {1}", "{0}, {1}", "{0} ({1})")
"""What sentences are joined by; of two that follow each other the first one ends as sentences do.

Tried last: a message that has one of these within is a closer reading.
"""


class _Reading(NamedTuple):
    """A text in the other language, and what speaks against it.

    Attributes:
        unknown: Words that are in no message.
        swallowed: Ends of sentences within what was put into a message.
        text: In the other language.
    """

    unknown: int
    swallowed: int
    text: str


class _Pattern(NamedTuple):
    """A message with places for figures, as a pattern of the sentences made from it.

    Attributes:
        pattern: Has a group for each place, in their order.
        anchor: The longest piece that every such sentence has.
        translation: What the groups are put into.
        glue: Whether it only joins others, whose sentences may be several.
    """

    pattern: re.Pattern[str]
    anchor: str
    translation: str
    glue: bool


class Translator:
    """Says in another language what a catalogue has messages for."""

    def __init__(self, messages: Iterable[Message]) -> None:
        messages = list(messages)
        self._whole = {one.english: one.translation for one in messages if not _PLACE.search(one.english)}
        placed = [one for one in messages if one.english not in self._whole]
        closest_first = sorted(placed, key=lambda one: _rank(one.english))
        self._patterns = [_pattern(one) for one in closest_first]
        self._read = cache(self._reading)

    def translate(self, text: str) -> str:
        """Return `text` in the catalogue's language; what no message says stays as it is."""
        return self._read(text).text

    def _reading(self, text: str) -> _Reading:
        """Return the best reading: the fewest words unknown, then the fewest sentences swallowed."""
        for form in _forms(text):
            if form in self._whole:
                return _Reading(0, 0, self._whole[form])
        best = _Reading(len(_WORD.findall(text)), 0, text)
        for form in _forms(text):
            for pattern in self._patterns:
                if best[:2] == (0, 0):
                    return best
                if pattern.anchor in form and (found := pattern.pattern.fullmatch(form)):
                    best = min(best, self._put(pattern, found.groups()), key=lambda reading: reading[:2])
        return best

    def _put(self, pattern: _Pattern, groups: tuple[str, ...]) -> _Reading:
        """Return a message's translation with what is in its places."""
        places = [self._read(group.strip()) for group in groups]
        ends = 0 if pattern.glue else sum(len(_END.findall(group)) for group in groups)
        return _Reading(
            sum(place.unknown for place in places),
            sum(place.swallowed for place in places) + ends,
            pattern.translation.format(*(place.text for place in places)),
        )


def _forms(text: str) -> Iterator[str]:
    """Yield the text, and as it was before it was moved to or from the start of a sentence."""
    yield text
    if text and text[0].isalpha():
        yield text[0].swapcase() + text[1:]


def _rank(english: str) -> tuple[int, int]:
    """The more of its own a message says, the earlier it is tried; glue last, in its order."""
    if english in GLUE:
        return 1, GLUE.index(english)
    return 0, -len(_PLACE.sub("", english))


def _pattern(message: Message) -> _Pattern:
    pieces = _PLACE.split(message.english)[::2]
    places = ["(.*?)"] * (len(pieces) - 1)
    if message.counted:
        places[0] = r"([\d,]+)"
    if message.english == SENTENCES:
        places[0] = "(.*?[.?])"
    pattern = re.escape(pieces[0]) + "".join(
        place + re.escape(piece) for place, piece in zip(places, pieces[1:], strict=True)
    )
    anchor, glue = max(pieces, key=len), message.english in GLUE
    return _Pattern(re.compile(pattern, re.DOTALL), anchor, message.translation, glue)
