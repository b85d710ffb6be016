"""Where a problem came from: a line of the file, or an override."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dlrecipe.config.overrides import as_keys, as_setting

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dlrecipe.config.problems import Problem
    from dlrecipe.config.wording import Keys
    from dlrecipe.config.yaml_reader import Document


MOST = 200
"""Messages; a file with more problems than these is no configuration, and nobody reads them all."""


@dataclass(frozen=True, slots=True)
class Places:
    """Knows the places of a file's keys and of the overrides that were put into it."""

    file: str
    document: Document
    overrides: Mapping[str, object]

    def messages(self, problems: Iterable[Problem]) -> list[str]:
        """Return every flaw of the document and every problem, each with its place: lines first, in order."""
        lost = [flaw.lost for flaw in self.document.flaws if flaw.lost is not None]
        placed: list[tuple[float, str]] = [
            (flaw.line, f"{self.file}:{flaw.line}: {flaw.text}") for flaw in self.document.flaws
        ]
        placed += [self._placed(problem) for problem in problems if not _follows_from(problem.keys, lost)]
        messages = list(dict.fromkeys(message for _, message in sorted(placed, key=lambda item: item[0])))
        more = [f"... and {len(messages) - MOST:,} more problems."] if len(messages) > MOST else []
        return messages[:MOST] + more

    def _placed(self, problem: Problem) -> tuple[float, str]:
        """Return the problem's rank and message."""
        for key, value in reversed(list(self.overrides.items())):
            if self._comes_from(problem.keys, as_keys(key)):
                return float("inf"), f"{as_setting(key, value)}: {problem.text}"
        line = self._line(problem.keys)
        return line, f"{self.file}:{line}: {problem.text}"

    def _comes_from(self, keys: Keys, override: Keys) -> bool:
        """Return whether the override set these keys, or made the section they are."""
        return keys[: len(override)] == override or (
            override[: len(keys)] == keys and keys not in self.document.lines
        )

    def _line(self, keys: Keys) -> int:
        """Return the line of the keys, or of the nearest section around them that is written in the file."""
        around = (keys[:length] for length in range(len(keys), 0, -1))
        return next((self.document.lines[part] for part in around if part in self.document.lines), 1)


def _follows_from(keys: Keys, lost: list[Keys]) -> bool:
    """Return whether a value that could not be read takes part in these keys."""
    return any(keys[: len(gone)] == gone[: len(keys)] for gone in lost)
