"""A grey picture as a PNG within the page."""

from __future__ import annotations

import base64
import struct
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dlrecipe.results import Picture


def data_uri(picture: Picture) -> str:
    """Return the picture as a `data:` address of a PNG, eight bits of grey for each pixel.

    Source: W3C, Portable Network Graphics specification, second edition.
    """
    w, h = picture.width, picture.height
    rows = b"".join(b"\0" + picture.pixels[w * y : w * (y + 1)] for y in range(h))
    header = struct.pack(">IIBBBBB", w, h, 8, 0, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, content)
        for kind, content in ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    )
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
