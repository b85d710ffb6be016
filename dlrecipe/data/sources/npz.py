"""Archives of NumPy arrays, read member by member: nothing is unpickled, and no claim of a file is believed.

Model files and checkpoints are such archives as well, so that there is one place that knows how they break.
"""

from __future__ import annotations

import zipfile
import zlib
from typing import TYPE_CHECKING

from dlrecipe.data.sources import npy
from dlrecipe.data.sources.files import seekable
from dlrecipe.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable

    from dlrecipe.data.raw import Numbers

MOST_BYTES = 2**30
"""Bytes that compressed arrays may claim to unzip to; more is taken for a mistake or a bomb."""

DAMAGE = (
    OSError,
    ValueError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
    zlib.error,
    zipfile.BadZipFile,
)
"""What zipfile raises on bytes that are no archive, or one with a part that it cannot read."""


def read_npz(path: str, choose: Callable[[set[str]], set[str]]) -> dict[str, Numbers]:
    """Read arrays of an archive, the checksums of its members tested.

    Args:
        path: The file.
        choose: Is given the names of all arrays, and returns those to read.

    Raises:
        DataError: The file is missing, damaged, too large once unzipped, or holds anything but plain arrays.
    """
    try:
        with zipfile.ZipFile(seekable(path)) as archive:
            found = {name.removesuffix(".npy"): name for name in archive.namelist()}
            wanted = sorted(choose(set(found)))
            _refuse_bombs(archive, [found[name] for name in wanted], path)
            return {name: npy.parse(archive.read(found[name]), f"{path}:{name}") for name in wanted}
    except DAMAGE as error:
        raise DataError(f"{path}: this is no readable .npz file ({error}).") from error


def _refuse_bombs(archive: zipfile.ZipFile, names: list[str], path: str) -> None:
    """Refuse what would unzip to far more than the file holds, by the sizes that it declares.

    No more than the declared size is ever unzipped. A member that is not compressed takes as many bytes of
    the file, unless several claim the same ones.
    """
    members = [archive.getinfo(name) for name in names]
    stored = [member for member in members if member.compress_type == zipfile.ZIP_STORED]
    packed = sum(member.file_size for member in members if member.compress_type != zipfile.ZIP_STORED)
    if packed > MOST_BYTES:
        raise DataError(
            f"{path}: its arrays claim to unzip to {packed:,} bytes, more than {MOST_BYTES / 2**30:g} GiB. "
            "Save it with numpy.savez, not compressed, if that is meant."
        )
    if sum(member.file_size for member in stored) > archive.start_dir:
        raise DataError(f"{path}: its arrays claim more bytes than the file has; it is damaged.")
