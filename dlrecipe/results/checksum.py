"""A checksum of a document, whatever its layout: it tells a result that was written from one that is damaged.

It is no signature: whoever changes a result on purpose can make another.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from dlrecipe.results.base import Document

if TYPE_CHECKING:
    from collections.abc import Mapping

CHECKSUM = "checksum"
"""The key under which a document carries it."""


def checksum(document: Mapping[str, object]) -> str:
    """Return the checksum of plain data, its own key left out."""
    content = {key: value for key, value in document.items() if key != CHECKSUM}
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"


def sealed(document: Mapping[str, object]) -> dict[str, object]:
    """Return plain data with the checksum of it all at the end."""
    return {**document, CHECKSUM: checksum(document)}


def require_whole(document: Mapping[str, object]) -> None:
    """See that plain data are what their checksum was made of.

    Raises:
        ValueError: They are not, or they have none.
    """
    if document.get(CHECKSUM) != checksum(document):
        raise ValueError("its checksum is not that of its content")


class SealedDocument(Document):
    """A document that is kept in a file, and is read back only as it was written."""

    def to_dict(self) -> dict[str, object]:
        """Return the fields as plain data, with a checksum of them all at the end."""
        return sealed(super().to_dict())
