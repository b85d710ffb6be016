"""Which file an export is, by its suffix, and what it needs."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from dlrecipe.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dlrecipe.runs import Model


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file.

    Attributes:
        name: As people call it.
        library: What writes it.
        content: (model, name, facts) -> the file's bytes.
    """

    name: str
    library: str
    content: Callable[[Model, str, dict[str, str]], bytes]


def _onnx(model: Model, name: str, facts: dict[str, str]) -> bytes:
    from dlrecipe.exports.onnx_model import onnx_bytes  # noqa: PLC0415  # an extra

    return onnx_bytes(model, name, facts)


def _safetensors(model: Model, _name: str, facts: dict[str, str]) -> bytes:
    from dlrecipe.exports.safetensors_model import safetensors_bytes  # noqa: PLC0415  # likewise

    return safetensors_bytes(model, facts)


FORMATS = {
    ".onnx": Format("ONNX", "onnx", _onnx),
    ".safetensors": Format("safetensors", "safetensors", _safetensors),
}
"""The formats by suffix."""


def format_of(path: Path) -> Format:
    """The format that a file's name asks for.

    Raises:
        UsageError: There is none of this suffix, or its library is not installed.
    """
    found = FORMATS.get(path.suffix.lower())
    if found is None:
        raise UsageError(f"--out must end in {' or '.join(FORMATS)}. Got {path.name}.")
    if find_spec(found.library) is None:
        raise UsageError(
            f"{path.suffix} files need {found.library}, which is not installed: "
            'python -m pip install "dlrecipe[export]"'
        )
    return found
