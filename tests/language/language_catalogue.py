"""The catalogue as translators' tools read it, and its upkeep: `pytest tests/language --update-messages`."""

import io

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from language_messages import CATALOGUE, said, written

from dlrecipe.language.pattern import GLUE

COMPOSED = {"low {0}", "elastic net", "relu too large", "relu too small", "tanh too small"}
"""Messages that are put together from words, which no string of the source shows."""


def stored():
    """Return the catalogue in Babel's eyes."""
    return read_po(io.BytesIO(CATALOGUE.read_bytes()), locale="ko")


def entries(catalogue):
    """Return the entries but the header."""
    return [entry for entry in catalogue if entry.id]


def english_of(entry):
    """Return an entry's message; of a number of things, in the singular."""
    return entry.id[0] if isinstance(entry.id, tuple) else entry.id


def stale(catalogue):
    """Return the messages that nothing says any more."""
    alive = {one.english for one in said()} | written() | set(GLUE) | COMPOSED
    return [english for entry in entries(catalogue) if (english := english_of(entry)) not in alive]


def update():
    """Write the catalogue anew: new messages come without a translation, and stale ones go."""
    before, head = stored(), CATALOGUE.read_text(encoding="utf-8").partition("\n\n")[0]
    dead = set(stale(before))
    kept = {english_of(entry): entry.string for entry in entries(before)}
    spoken = {one.english: one for one in said()}
    after = Catalog("ko")
    for english, translation in kept.items():
        if english not in spoken and english not in dead:
            after.add(english, translation)
    for english, one in spoken.items():
        message = (english, one.plural) if one.plural else english
        after.add(message, kept.get(english, ""), locations=[(one.file, 0)])
    for entry in after:
        entry.flags.clear()  # our percent signs are no formats
    out = io.BytesIO()
    write_po(out, after, width=110, include_lineno=False, omit_header=True)
    CATALOGUE.write_bytes(f"{head}\n\n".encode() + out.getvalue().lstrip())
