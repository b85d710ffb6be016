"""Studies: searches of several trainings, each a run of its own that says which study it belongs to."""

from __future__ import annotations

import json
from collections.abc import Mapping  # noqa: TC003  # read back by its declared type
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

from dlrecipe.errors import RunError
from dlrecipe.results.checksum import sealed
from dlrecipe.results.reading import read
from dlrecipe.runs.create import create_folder
from dlrecipe.runs.folder import NUMBERED
from dlrecipe.runs.folders import folders
from dlrecipe.runs.sealed import read_sealed

if TYPE_CHECKING:
    from pathlib import Path

    from dlrecipe.runs.folder import RunFolder
    from dlrecipe.runs.lock import Lock

Kind = Literal["seeds", "sweep", "curve", "improve"]


@dataclass(frozen=True, slots=True)
class Origin:
    """What `origin.json` in a run folder says: which training of which study it is.

    Attributes:
        study: Name of the study's folder, beside the run's.
        trial: Which training of the study, counted from 0.
    """

    study: str
    trial: int


@dataclass(frozen=True, slots=True)
class Purpose:
    """What `study.json` says: the command a study comes from, and what it was asked for."""

    kind: Kind
    options: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Study:
    """A study as its folder has it.

    Attributes:
        folder: Holds `config.yaml`, `study.json` and, at the end, `result.json`.
        purpose: What it is for.
    """

    folder: RunFolder
    purpose: Purpose

    @property
    def runs(self) -> Path:
        """The folder of runs."""
        return self.folder.path.parent

    def origin(self, trial: int) -> Origin:
        """What a training of this study says of itself."""
        return Origin(self.folder.path.name, trial)

    def trials(self) -> dict[int, RunFolder]:
        """The trainings that were begun, by their place in the study."""
        return {
            origin.trial: folder
            for folder in folders(self.runs)
            if (origin := read_origin(folder)) and origin.study == self.folder.path.name
        }


def create_study(runs: Path, name: str, purpose: Purpose, config: str) -> tuple[Study, Lock]:
    """Create `runs/<name>-<kind>-<NNNN>/`, locked for this process.

    Args:
        runs: The folder of runs; made where it is missing.
        name: The config's name.
        purpose: What decides the study beside its config; its options are plain data.
        config: Text of `config.yaml`, what every training starts from.

    Raises:
        RunError: The folder cannot be written.
    """
    files = {"config.yaml": config, "study.json": _text(sealed(asdict(purpose)))}
    folder, lock = create_folder(runs, f"{name}-{purpose.kind}", files)
    return Study(folder, purpose), lock


def read_study(folder: RunFolder) -> Study:
    """Read what a study is.

    Raises:
        RunError: `study.json` is missing, damaged or edited.
    """
    try:
        return Study(folder, read_sealed(Purpose, folder.study))
    except (OSError, ValueError, RecursionError) as error:
        raise RunError(f"{folder.study} is missing or damaged ({error}).") from error


def origin_text(origin: Origin) -> str:
    """The text of `origin.json`."""
    return _text(asdict(origin))


def read_origin(folder: RunFolder) -> Origin | None:
    """The study a run belongs to, if it does; one that lies elsewhere than beside the run is none."""
    try:
        origin = read(Origin, json.loads(folder.origin.read_bytes()))
    except (OSError, ValueError, RecursionError):
        return None
    return origin if NUMBERED.match(origin.study) and "/" not in origin.study else None


def _text(value: Mapping[str, object]) -> str:
    return json.dumps(value, indent=2, allow_nan=False) + "\n"
