"""What every contender did on a task: a file each, so that an interrupted run goes on."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.loops.contenders import CONTENDERS, MOST, Training
from benchmarks.loops.task import lay_out
from benchmarks.verdict.scenarios import Kind, Purpose

TRAININGS = 12
OURS, RIVAL = "improve", "warm tpe"
"""Who is compared at equal seconds, too."""


@dataclass(frozen=True)
class Job:
    """A task and the folder of its records."""

    purpose: Purpose
    kind: Kind
    seed: int
    number: int
    work: Path

    @property
    def name(self) -> str:
        """Such as `reporting-1-wild-0007`."""
        return f"{self.purpose}-{self.seed}-{self.kind}-{self.number:04d}"

    def record(self, contender: str) -> Path:
        """The file of what a contender did."""
        return self.work / f"{self.name}.{contender.replace(' ', '-').replace(',', '')}.json"


@dataclass(frozen=True)
class Contest:
    """What the contenders did on one task.

    Attributes:
        name: The task's.
        bayes: The least possible error.
        done: Each contender's trainings, the given configuration's first.
    """

    name: str
    bayes: float
    done: dict[str, list[Training]]


def hold(job: Job, contenders: Iterable[str]) -> Contest:
    """Let all contend who have not yet, ours first: the rival at equal seconds gets what it took."""
    with tempfile.TemporaryDirectory() as folder:
        task = lay_out(job.purpose, job.kind, job.seed, job.number, Path(folder))
        done: dict[str, list[Training]] = {}
        for name in contenders:
            seconds = done[OURS][-1].seconds if name == RIVAL and OURS in done else 0.0
            file = job.record(name)
            done[name] = list(_read(file))
            if not done[name] or (done[name][-1].seconds < seconds and len(done[name]) < MOST):
                done[name] = CONTENDERS[name](task, TRAININGS, seconds)
                _write(file, done[name])
        return Contest(job.name, task.scenario.bayes, done)


def _read(file: Path) -> Iterator[Training]:
    if file.exists():
        for training in json.loads(file.read_text()):
            yield Training(**training)


def _write(file: Path, done: list[Training]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(f".{os.getpid()}")
    unfinished.write_text(json.dumps([asdict(training) for training in done], indent=0) + "\n")
    unfinished.replace(file)
