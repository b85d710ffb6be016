"""`dlrecipe train`."""

import shlex
from typing import Annotated

import typer

from dlrecipe.cli.ending import end
from dlrecipe.cli.options import Config, FailOn, Json, Lang, Runs, Settings, Track
from dlrecipe.cli.studies import end_study
from dlrecipe.errors import UsageError
from dlrecipe.language import told


def train(
    config: Config,
    settings: Settings = None,
    runs: Runs = "runs",
    fail_on: FailOn = None,
    track: Track = None,
    seeds: Annotated[
        int, typer.Option(metavar="N", min=1, help="Train with so many seeds, to see what is luck.")
    ] = 1,
    _lang: Lang = None,
    as_json: Json = False,
) -> int:
    """Train a network, and say what to do next.

    Example: dlrecipe train digits.yaml -S training.lambda=0.3
    """
    from dlrecipe import experiments, report
    from dlrecipe.config import load_config, parse_overrides

    loaded = load_config(config, parse_overrides(settings or []))
    if loaded.sweep is not None:
        _tell_of_the_sweep(config)
    watch, command = report.watch(loaded.name, loaded.training.epochs), _command_line(config, settings, runs)
    if seeds > 1:
        if track:
            raise UsageError("--track logs one training, and --seeds are several. Leave one of them out.")
        return end_study(
            lambda: experiments.train_seeds(loaded, seeds, runs, watch, command),
            runs,
            fail_on=fail_on,
            as_json=as_json,
        )
    trainer = experiments.train_tracked if track else experiments.train
    return end(
        lambda: trainer(loaded, runs, watch=watch, command=command), runs, fail_on=fail_on, as_json=as_json
    )


def _tell_of_the_sweep(config: str) -> None:
    command = shlex.join(["dlrecipe", "sweep", config])
    note = f"Note: {config} has a sweep section, which a single training passes over: {command}"
    typer.echo(told(note), err=True)


def _command_line(config: str, settings: list[str] | None, runs: str) -> str:
    """Return this command as the user wrote it, for suggestions to add to."""
    words = ["dlrecipe", "train", config]
    if runs != "runs":
        words += ["--runs", runs]
    for setting in settings or []:
        words += ["-S", setting]
    return shlex.join(words)
