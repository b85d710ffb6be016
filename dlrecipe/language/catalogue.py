"""A catalogue of messages, read from the .po file that translators edit.

There is no compiled copy of it that could be stale. A message's placeholders are numbers: `{0}`, `{1}`, ….
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE = re.compile(r'(?:(?P<field>msgid_plural|msgid|msgstr)(?:\[\d\])? )?(?P<text>".*")')


class Message(NamedTuple):
    """A message and its translation.

    Attributes:
        english: As the program says it.
        translation: The same in the catalogue's language.
        counted: Whether it is a number of things, `{0} examples`, and `{0}` the number.
    """

    english: str
    translation: str
    counted: bool = False


def read_catalogue(po: str) -> tuple[Message, ...]:
    """Return the messages of a .po file; of a number of things, one for the singular and one for the plural.

    Args:
        po: The file's text, entries parted by empty lines.
    """
    return tuple(message for entry in po.split("\n\n") for message in _messages(entry))


def _messages(entry: str) -> Iterator[Message]:
    fields: dict[str, str] = defaultdict(str)
    field = ""
    for line in entry.splitlines():
        found = _LINE.fullmatch(line)
        if found:  # what is none is a comment
            field = found["field"] or field
            fields[field] += json.loads(found["text"])  # .po escapes what JSON does
    if fields["msgid"]:  # the header has none
        yield Message(fields["msgid"], fields["msgstr"], "msgid_plural" in fields)
    if "msgid_plural" in fields:
        yield Message(fields["msgid_plural"], fields["msgstr"], counted=True)
