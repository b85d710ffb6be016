"""A checksum of a document, whatever its layout: it tells a result that was written from one that is damaged.

It is no signature: whoever changes a result on purpose can make another.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CHECKSUM = "checksum"
"""The key under which a document carries it."""


def checksum(document: Mapping[str, object]) -> str:
    """Return the checksum of plain data, its own key left out."""
    content = {key: value for key, value in document.items() if key != CHECKSUM}
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"
