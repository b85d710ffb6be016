"""The learning curve over training-set sizes: what more data would bring."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dlrecipe.errors import UsageError
from dlrecipe.experiments.executors import executor
from dlrecipe.experiments.prepare import prepare
from dlrecipe.experiments.studies import begun, gone_on_with, options_of
from dlrecipe.experiments.trials import StudyInterruptedError, Trials, carry_out
from dlrecipe.recipe.curve import conclude
from dlrecipe.results import Curve
from dlrecipe.runs import Purpose, RunFolder, Study, read_study, whole_answer, write_answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Executor

    from dlrecipe.config import Config
    from dlrecipe.experiments.prepare import Prepared
    from dlrecipe.experiments.run import Run

    WatchCount = Callable[[Iterator[tuple[int, int]]], Iterator[tuple[int, int]]]

HALVINGS = 4
"""How often the training set is halved, where it is large enough."""

SMALLEST = 20
"""Training examples, and no fewer than two for each class, below which nothing is trained."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which trainings a curve is made of: every size with every seed.

    Attributes:
        sizes: Training-set sizes, smallest first; the last is the whole training part.
        epochs: For each size, so that all take equally many steps.
        patience: Likewise; None never stops early.
        seeds: Of initialisation, order, dropout, and the draw of the examples; the split is always the same.
        split_seed: Where that split starts.
        workers: Trainings at once.
    """

    sizes: tuple[int, ...]
    epochs: tuple[int, ...]
    patience: tuple[int, ...] | None
    seeds: tuple[int, ...]
    split_seed: int
    workers: int

    def patches(self) -> Iterator[dict[str, object]]:
        """The settings of each training, the quickest first."""
        for at, size in enumerate(self.sizes):
            for seed in self.seeds:
                yield {
                    "seed": seed,
                    "data.split_seed": self.split_seed,
                    "data.train_examples": size,
                    "training.epochs": self.epochs[at],
                    "training.patience": self.patience[at] if self.patience else None,
                }


def curve(
    config: Config, *, runs: str | Path = "runs", seeds: int = 3, workers: int = 1, watch: WatchCount = iter
) -> Curve:
    """Train on parts of the training set, each half the next, and forecast the error with more data.

    A smaller part is contained in a larger one of the same seed; all trainings take equally many steps; the
    dev set is the same for all.

    Args:
        config: From `load_config`.
        runs: The folder of runs: each training is one.
        seeds: Trainings of every size.
        workers: Trainings at once, each in a process of its own.
        watch: Gets how many trainings of how many are done and passes it on, as a progress bar does.

    Raises:
        UsageError: There are too few training examples to halve, or no seed.
        DataError: The data are not what the config says.
        RunError: The folder cannot be written.
        StudyInterruptedError: The user interrupted it; `resume_curve` goes on.
    """
    if seeds < 1 or workers < 1:
        raise UsageError(f"seeds and workers must be at least 1. Got {seeds} and {workers}.")
    plan = _plan(prepare(config), seeds, workers)
    options = {name: getattr(plan, name) for name in Plan.__dataclass_fields__}
    with begun(runs, config, Purpose("curve", options)) as study:
        return _carry_on(study, plan, watch)


def resume_curve(study: str | Path, watch: WatchCount = iter) -> Curve:
    """Go on with an interrupted curve; of a finished one, its result.

    Raises:
        RunError: There is no such study, or another process works on it.
    """
    found = read_study(RunFolder(Path(study)))
    if answer := whole_answer(Curve, found.folder.result):
        return answer
    plan = options_of(found, Plan)
    with gone_on_with(found):
        return _carry_on(found, plan, watch)


def _plan(prepared: Prepared, seeds: int, workers: int) -> Plan:
    config, m = prepared.config, prepared.problem.m
    smallest = max(SMALLEST, 2 * (prepared.dataset.n_classes or 0))
    sizes = tuple(m >> halvings for halvings in range(HALVINGS, -1, -1) if m >> halvings >= smallest)
    if len(sizes) < 2:
        raise UsageError(
            f"A curve needs at least {2 * smallest} training examples, to train on half of them too. Got {m}."
        )
    batch, training = prepared.problem.batch_size, config.training
    times = [_steps(m, batch) / _steps(size, batch) for size in sizes]
    patience = training.patience
    return Plan(
        sizes=sizes,
        epochs=tuple(math.ceil(training.epochs * more) for more in times),
        patience=None if patience is None else tuple(math.ceil(patience * more) for more in times),
        seeds=tuple(range(config.seed, config.seed + seeds)),
        split_seed=config.split_seed,
        workers=workers,
    )


def _steps(m: int, batch: int | None) -> int:
    """Steps of an epoch."""
    return 1 if batch is None else math.ceil(m / min(batch, m))


def _carry_on(study: Study, plan: Plan, watch: WatchCount) -> Curve:
    done: list[Run] = []
    try:
        with executor(plan.workers) as pool:
            for _ in watch(_train_all(Trials(study), plan, pool, done)):
                pass
    except KeyboardInterrupt as interrupt:
        raise StudyInterruptedError(study.folder.path) from interrupt
    answer = conclude(str(study.folder.path), [run.result for run in done])
    write_answer(study.folder.result, answer)
    return answer


def _train_all(trials: Trials, plan: Plan, pool: Executor, done: list[Run]) -> Iterator[tuple[int, int]]:
    """Yield how many trainings of how many are done, and collect them."""
    wanted = [trials.trial(number, patch) for number, patch in enumerate(plan.patches())]
    yield 0, len(wanted)
    if plan.workers == 1:
        runs: Iterator[Run] = map(carry_out, wanted)
    else:
        futures = [pool.submit(carry_out, trial) for trial in wanted]
        runs = (future.result() for future in futures)
    for run in runs:
        if run.result.stopped == "interrupted":
            raise KeyboardInterrupt
        done.append(run)
        yield len(done), len(wanted)
