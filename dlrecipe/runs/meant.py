"""Which finished run is meant: the one that is named, or the newest; of a study, the run that it kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dlrecipe.errors import RunError
from dlrecipe.results import TrainingResult
from dlrecipe.results.improvement import Improvement
from dlrecipe.results.sweep import SweepResult
from dlrecipe.runs.answer import read_answer
from dlrecipe.runs.find import find_run, newest
from dlrecipe.runs.folder import RunFolder
from dlrecipe.runs.study import read_origin, read_study

if TYPE_CHECKING:
    from dlrecipe.runs.study import Study


class Meant(NamedTuple):
    """A run, and where it is not the one that was named, why it is meant."""

    folder: RunFolder
    why: str | None


def find_finished(run: str | Path | int | None, runs: Path) -> Meant:
    """The finished run that is meant.

    Args:
        run: A path, a name or a number, of a run or a study; None for what was finished last. A study is one
            thing, finished after its trainings: the newest of them means it, as it does for `find_resumable`.
        runs: The folder of runs.

    Raises:
        RunError: There is none, or the study has no run that is its best.
    """
    if run is None:
        return _newest(runs)
    folder = find_run(run, runs)
    if not folder.study.exists():
        return Meant(folder, None)
    kept = _kept(read_study(folder))
    return Meant(kept, f"{folder.path} is a study: {_told(kept)}")


def _newest(runs: Path) -> Meant:
    last = newest(runs)
    origin = read_origin(last)
    study = RunFolder(last.path.parent / origin.study) if origin else None
    if study is None or not study.study.exists():
        return Meant(last, None)
    taken = f"{last.path}, the newest finished run, is taken"
    if not study.result.exists():
        return Meant(last, f"{taken}; {study.path} is not finished: {study.resume_command}")
    found = read_study(study)
    if found.purpose.kind == "curve":
        return Meant(last, f"{taken}: one training of {study.path}")
    kept = _kept(found)
    return Meant(kept, f"{study.path} was finished last: {_told(kept)}")


def _kept(study: Study) -> RunFolder:
    """The run that a study ended with, which lies beside it wherever it was made."""
    answer, best = study.folder.result, None
    if study.purpose.kind == "improve":
        best = read_answer(Improvement, answer).best
    elif study.purpose.kind == "sweep":
        best = read_answer(SweepResult, answer).best
    elif study.purpose.kind == "seeds":
        best = read_answer(TrainingResult, answer).run
    if best is None:
        trained = ", ".join(folder.path.name for folder in study.trials().values()) or "none"
        raise RunError(f"{study.folder.path} has no best run. Name one of its trainings: {trained}.")
    kept = RunFolder(study.runs / Path(best).name)
    if not kept.path.is_dir():
        raise RunError(f"{kept.path}, the run that {study.folder.path} kept, is gone. Name another run.")
    return kept


def _told(kept: RunFolder) -> str:
    return f"the run that it kept, {kept.path}, is taken"
