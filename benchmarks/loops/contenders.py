"""Who contends: `dlrecipe improve` as it is, and Optuna's samplers over everything it may change.

Each trains the task's own configuration first, and is charged all the CPU time it takes, its thinking too.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import optuna

from benchmarks.loops.space import SANE, as_chosen, choose, choose_carefully
from benchmarks.loops.task import WORST, Task
from benchmarks.verdict.scenarios import Config, Scenario
from dlrecipe import improve, load_config
from dlrecipe.errors import DlrecipeError
from dlrecipe.experiments.run import Run, open_run
from dlrecipe.experiments.training import train
from dlrecipe.results.improvement import Progress


@dataclass(frozen=True)
class Training:
    """What one training brought.

    Attributes:
        seconds: CPU seconds that the contender had spent when it ended.
        dev_error: What it is chosen by; None where it failed or was given up.
        true_error: What it is judged by.
        chosen: Whether the contender would return it, were this its last one.
        patch: What it changed.
        why: What kind of change it was, for whoever wants to understand the loop.
    """

    seconds: float
    dev_error: float | None
    true_error: float | None
    chosen: bool
    patch: Config
    why: str = ""


Contender = Callable[[Task, int, float], list[Training]]
"""Trains a task so many times at least and so many CPU seconds at least."""

MOST = 100
"""Trainings that a contender gets at most, however quick they are."""


def by_improve(task: Task, trainings: int, seconds: float) -> list[Training]:
    """The command's own code; it takes the seconds that it takes, and nobody tells it the least error."""
    del seconds
    ended: list[float] = []
    began = time.process_time()

    def watch(progress: Iterator[Progress]) -> Iterator[Progress]:
        for now in progress:
            if now.start is not None and len(now.steps) == len(ended):
                ended.append(time.process_time() - began)
            yield now

    config = load_config(task.config)
    found = improve(config, trainings, runs=task.folder / "improve", watch=watch)
    ended.append(time.process_time() - began)
    first = open_run(found.start.run)
    done = [Training(ended[0], first.result.dev.error, task.true_error(first), True, {}, "start")]
    for step, spent in zip(found.steps, ended[1:], strict=False):
        run = None if step.run is None or step.outcome == "diverged" else open_run(step.run)
        true = None if run is None else task.true_error(run)
        why = f"{step.source} {step.suggestion}"
        done.append(Training(spent, step.dev_error, true, step.kept, dict(step.patch), why))
    return done


def by_sampler(sampler: Callable[[int], optuna.samplers.BaseSampler], *, warm: bool) -> Contender:
    """One of Optuna's samplers, told what the first configuration reached; warmed with a sane one or not."""

    def contend(task: Task, trainings: int, seconds: float) -> list[Training]:
        seed = len(task.scenario.train.X)
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        study = optuna.create_study(sampler=sampler(seed))
        for config in [task.scenario.config, *([SANE] if warm else [])]:
            study.enqueue_trial(as_chosen(config))
        return _searched(study, choose, task, trainings, seconds)

    return contend


def by_careful_sampler(sampler: Callable[[int], optuna.samplers.BaseSampler]) -> Contender:
    """The same over a careful author's space, which the given configuration is mostly not in."""

    def begin_and_choose(trial: optuna.trial.BaseTrial, scenario: Scenario) -> Config:
        return choose_carefully(trial, scenario) if trial.number else scenario.config

    def contend(task: Task, trainings: int, seconds: float) -> list[Training]:
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        study = optuna.create_study(sampler=sampler(len(task.scenario.train.X)))
        return _searched(study, begin_and_choose, task, trainings, seconds)

    return contend


def _searched(
    study: optuna.Study,
    choose: Callable[[optuna.trial.BaseTrial, Scenario], Config],
    task: Task,
    trainings: int,
    seconds: float,
) -> list[Training]:
    """Train the given configuration, then what the study asks for; charge all but finding out the truth."""
    done: list[Training] = []
    spent, best = 0.0, float("inf")
    while len(done) < trainings or (spent < seconds and len(done) < MOST):
        began = time.process_time()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # choices of several types, enqueued ones included
            trial = study.ask()
            config = choose(trial, task.scenario)
            run = _trained(task, config if done else task.scenario.config)
            dev = WORST if run is None else min(WORST, run.result.dev.error)
            study.tell(trial, dev)
        spent += time.process_time() - began
        true = WORST if run is None else task.true_error(run)
        done.append(Training(spent, dev, true, dev < best, config))
        best = min(best, dev)
    return done


def _trained(task: Task, config: Config) -> Run | None:
    try:
        return train(load_config(task.config, config), task.folder / "search")
    except DlrecipeError:
        return None


def _tpe(startup: int) -> Callable[[int], optuna.samplers.BaseSampler]:
    return lambda seed: optuna.samplers.TPESampler(seed=seed, n_startup_trials=startup)


CONTENDERS: dict[str, Contender] = {
    "improve": by_improve,
    "random": by_sampler(lambda seed: optuna.samplers.RandomSampler(seed=seed), warm=False),
    "tpe": by_sampler(_tpe(10), warm=False),
    "warm tpe": by_sampler(_tpe(10), warm=True),
    "warm tpe, few at random": by_sampler(_tpe(4), warm=True),
    "random, careful space": by_careful_sampler(lambda seed: optuna.samplers.RandomSampler(seed=seed)),
    "tpe, careful space": by_careful_sampler(_tpe(4)),
}
