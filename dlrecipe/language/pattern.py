"""A message with places in it, as a pattern that finds what was put there."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dlrecipe.language.catalogue import Message

PLACE = re.compile(r"\{(\d)\}")
WORD = re.compile(r"[A-Za-z]{2,}")
_END = re.compile(r"[.:?](?= [A-Z`]|$)|[;,](?= )")
SENTENCES = "{0} {1}"
GLUE = (SENTENCES, "{0}; {1}", "{0}.", "{0}: {1}", "{0} and {1}", "{0}, {1}", "{0} ({1})")
"""What sentences are joined by; of two that follow each other the first one ends as sentences do.

Tried last: a message that has one of these within is a closer reading.
"""
MOST = 8
"""Joints of a kind in a text; where there are more of them, they join names."""


class Reading(NamedTuple):
    """A text in the other language, and what speaks against it.

    Attributes:
        unknown: Words that are in no message.
        swallowed: Ends of sentences within what was put into a message.
        text: In the other language.
    """

    unknown: int
    swallowed: int
    text: str


class Pattern:
    """The sentences that are made from a message with places.

    Attributes:
        anchor: A piece that all of them have.
    """

    def __init__(self, message: Message, first: str, other: str) -> None:
        """Make the pattern.

        Args:
            message: Has places.
            first: The group for what is in its first place, as a regular expression.
            other: The same for its other places.
        """
        self._message = message
        self._pieces = PLACE.split(message.english)[::2]
        self.anchor = ". " if message.english == SENTENCES else max(self._pieces, key=len)
        self._groups = [first, *[other] * (len(self._pieces) - 2)]
        self._is_name = [piece.endswith("`") for piece in self._pieces[:-1]]

    def read(self, text: str, read: Callable[[str], Reading]) -> Reading | None:
        """Return the message's translation with what is in its places, or None where `text` is another.

        Args:
            text: A sentence or several.
            read: Reads what is in a place, unless backticks show that it is a name.
        """
        found = self._compiled.fullmatch(text) if self._may_be(text) else None
        if found is None:
            return None
        groups = [group.strip() for group in found.groups()]
        places = [
            Reading(0, 0, group) if is_name else read(group)
            for group, is_name in zip(groups, self._is_name, strict=True)
        ]
        unknown = sum(place.unknown for place in places)
        swallowed = sum(place.swallowed for place in places)
        if self._message.english not in GLUE:
            swallowed += sum(len(_END.findall(group)) for group in groups)
        if unknown and self._joins:  # a name may have the same word within
            unknown += len(WORD.findall(self._message.english))
        return Reading(unknown, swallowed, self._message.translation.format(*(one.text for one in places)))

    @property
    def _joins(self) -> bool:
        """Whether the message is a word between two places, as `{0} of {1}` is."""
        between = len(WORD.findall(self._message.english)) < 2  # a word
        return between and not self._pieces[0] and not self._pieces[-1]

    def _may_be(self, text: str) -> bool:
        """Whether the text has all the pieces, which is quickly seen, and is no long list."""
        if self._message.english in GLUE and text.count(self.anchor) > MOST:
            return False
        return all(piece in text for piece in self._pieces)

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        first, *rest = map(re.escape, self._pieces)
        pairs = zip(self._groups, rest, strict=True)
        return re.compile(first + "".join(group + piece for group, piece in pairs), re.DOTALL)


def rank(message: Message) -> tuple[int, int]:
    """Return where a message is tried: the more of its own it says, the earlier; glue last, in its order."""
    if message.english in GLUE:
        return 1, GLUE.index(message.english)
    return 0, -len(PLACE.sub("", message.english))


def patterns_of(message: Message) -> Iterator[Pattern]:
    """Yield the patterns of the sentences that are made from a message.

    Two, as what is in a place may hold the same comma or word that comes after the place: one takes as little
    as it can into a place, the other as much.
    """
    first = r"([\d,]+)" if message.counted else r"(.*?\.)" if message.english == SENTENCES else "(.*?)"
    yield Pattern(message, first, "(.*?)")
    if len(PLACE.findall(message.english)) > 1:
        yield Pattern(message, first.replace("*?", "*"), "(.*)")
