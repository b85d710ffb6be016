"""JSON files that carry a checksum of their content: read as they were written, or not at all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeVar

from dlrecipe.results.checksum import require_whole
from dlrecipe.results.reading import read

if TYPE_CHECKING:
    from pathlib import Path

Content = TypeVar("Content")


def read_sealed(kind: type[Content], path: Path) -> Content:
    """Read a value that was written with its checksum.

    Raises:
        OSError: The file cannot be read.
        ValueError, RecursionError: It is damaged, or was edited.
    """
    document = json.loads(path.read_bytes())
    content = read(kind, document)
    require_whole(document)
    return content
