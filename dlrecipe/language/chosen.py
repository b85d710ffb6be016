"""Which language the reader is spoken to in, and a sentence in it."""

from __future__ import annotations

from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dlrecipe.language.translator import Translator

ENGLISH = "en"
NAMES = {ENGLISH: "English", "ko": "한국어"}
"""English and what there is a catalogue of, each by its own name."""

_SPOKEN = ContextVar("spoken", default=ENGLISH)


def language() -> str:
    """Return the language that is spoken."""
    return _SPOKEN.get()


def speak(language: str) -> None:
    """Speak one of `NAMES` from now on."""
    _SPOKEN.set(language)


def language_of(environment: Mapping[str, str]) -> str:
    """Return the language of a locale: of LC_ALL, else LC_MESSAGES, else LANG, as POSIX has it.

    Args:
        environment: The process's variables; an empty one counts as absent.

    Returns:
        `ko` for `ko_KR.UTF-8`; English where there is no catalogue, as for `C` and `de_DE`.
    """
    named = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next(filter(None, named), "")
    wanted = locale.replace("-", "_").partition(".")[0].partition("@")[0].partition("_")[0].lower()
    return wanted if wanted in NAMES else ENGLISH


def told(text: str) -> str:
    """Return what the program says in English in the language that is spoken.

    Args:
        text: A message of the catalogue with its figures, or several of them. What else it holds (names,
            settings, commands) stays as it is.
    """
    return text if language() == ENGLISH else _translator(language()).translate(text)


def noted(text: str) -> str:
    """Return a note in the language that is spoken.

    Args:
        text: As of `told`, without the word that it is a note: read together with it, a sentence that begins
            with a name would take the word for a part of the name.
    """
    return told("Note: {0}").format(told(text))


@cache
def _translator(language: str) -> Translator:
    from importlib import resources  # noqa: PLC0415  # English needs none of these

    from dlrecipe.language.catalogue import read_catalogue  # noqa: PLC0415
    from dlrecipe.language.translator import Translator  # noqa: PLC0415

    file = resources.files(__package__).joinpath(f"{language}.po")
    return Translator(read_catalogue(file.read_text(encoding="utf-8")))
