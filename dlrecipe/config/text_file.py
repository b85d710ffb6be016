"""Read a configuration's text, whatever is found under its path."""

from __future__ import annotations

from pathlib import Path

from dlrecipe.errors import ConfigError

LARGEST = 256 * 1024
"""Bytes; a configuration has a few thousand."""


def read_text(file: str) -> str:
    """Return the text of a UTF-8 file.

    Raises:
        ConfigError: There is no such file, it is no regular file, cannot be read, is too large or not UTF-8.
    """
    content = _read_bytes(file)
    if len(content) > LARGEST:
        raise ConfigError(f"{file}: the file has more than {LARGEST:,} bytes, so it is no configuration.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{file}:{line}: the file is not UTF-8 text. Save it as UTF-8.") from None


def _read_bytes(file: str) -> bytes:
    path = Path(file)
    try:
        if path.is_dir():
            raise ConfigError(f"{file}: this is a folder. Name the YAML file in it.")
        if path.exists() and not path.is_file():  # a pipe could keep us waiting for ever
            raise ConfigError(f"{file}: this is no regular file. Save the configuration to a file.")
        with path.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except FileNotFoundError:
        raise ConfigError(f"{file}: there is no such file. `dlrecipe init {file}` writes one.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ConfigError(f"{file}: the file cannot be read: {reason}.") from None
