"""`dlrecipe train`."""

import shlex

from dlrecipe.cli.ending import end
from dlrecipe.cli.options import Config, FailOn, Json, Runs, Settings, Track


def train(
    config: Config,
    settings: Settings = None,
    runs: Runs = "runs",
    fail_on: FailOn = None,
    track: Track = None,
    as_json: Json = False,
) -> int:
    """Train a network, and say what to do next.

    Example: dlrecipe train digits.yaml -S training.lambda=0.3
    """
    from dlrecipe import experiments, report
    from dlrecipe.config import load_config, parse_overrides

    loaded = load_config(config, parse_overrides(settings or []))
    trainer = experiments.train_tracked if track else experiments.train
    return end(
        lambda: trainer(
            loaded,
            runs,
            watch=report.watch(loaded.name, loaded.training.epochs),
            command=_command_line(config, settings or [], runs),
        ),
        runs,
        fail_on=fail_on,
        as_json=as_json,
    )


def _command_line(config: str, settings: list[str], runs: str) -> str:
    """Return this command as the user wrote it, for suggestions to add to."""
    words = ["dlrecipe", "train", config]
    if runs != "runs":
        words += ["--runs", runs]
    for setting in settings:
        words += ["-S", setting]
    return shlex.join(words)
