"""The arguments and options that several commands share."""

import os
import sys
from enum import StrEnum
from typing import Annotated

import typer

from dlrecipe.cli.completion import config_files, run_names
from dlrecipe.language import NAMES, language_of, speak

Config = Annotated[
    str,
    typer.Argument(metavar="CONFIG", help="The config, a YAML file.", autocompletion=config_files),
]
Run = Annotated[
    str | None,
    typer.Argument(
        metavar="RUN",
        help="A run's folder, name or number, or a study's for the run it kept; the newest if left out.",
        show_default=False,
        autocompletion=run_names,
    ),
]
Runs = Annotated[str, typer.Option("--runs", metavar="DIR", help="The folder of runs.")]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        "-S",
        metavar="KEY=VALUE",
        help="Override a key of the config, such as training.lambda=0.3; repeatable.",
        show_default=False,
    ),
]
Dask = Annotated[
    str | None,
    typer.Option(
        "--dask",
        metavar="ADDRESS",
        help="Train on the workers of this Dask scheduler, such as tcp://host:8786; they must find the "
        "folder of runs and the data under the same paths.",
        show_default=False,
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers",
        metavar="N",
        min=1,
        help="Processes; by default as many as pay. No result depends on it.",
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]


class Language(StrEnum):
    """A language that results are shown in."""

    EN = "en"
    KO = "ko"


def _speak(wanted: Language | None) -> None:
    """Speak what is asked for; English where the output cannot write it, as in ASCII."""
    language = wanted or language_of(os.environ)
    try:
        NAMES[language].encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        language = Language.EN
    speak(language)


Lang = Annotated[
    Language | None,
    typer.Option(
        "--lang",
        callback=_speak,
        help="Language of what is shown, by default the locale's; JSON and files are English.",
        show_default=False,
    ),
]


class Tracker(StrEnum):
    """Where else a training is logged."""

    MLFLOW = "mlflow"


Track = Annotated[
    Tracker | None,
    typer.Option(
        "--track",
        help="Also log the training to MLflow: to MLFLOW_TRACKING_URI, or else to ./mlruns.",
        show_default=False,
    ),
]


class Level(StrEnum):
    """What `--fail-on` looks at."""

    BIAS = "bias"
    VARIANCE = "variance"
    MISMATCH = "mismatch"
    ANY = "any"


FailOn = Annotated[
    Level | None,
    typer.Option("--fail-on", help="Exit with status 1 when this is high.", show_default=False),
]
