"""`dlrecipe gradcheck`."""

from enum import StrEnum
from typing import Annotated

import typer

from dlrecipe.cli.answer import answer
from dlrecipe.cli.options import Config, Json, Settings
from dlrecipe.cli.status import Status


class Method(StrEnum):
    """How the differences are computed."""

    FAST = "fast"
    NAIVE = "naive"


def gradcheck(
    config: Config,
    settings: Settings = None,
    after_epochs: Annotated[
        int, typer.Option(min=0, metavar="N", help="Epochs of training before the second check.")
    ] = 5,
    epsilon: Annotated[float, typer.Option(metavar="E", help="How far each parameter is moved.")] = 1e-7,
    examples: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Training examples that J is taken over.")
    ] = None,
    method: Annotated[
        Method, typer.Option(help="naive is the lecture's formula; fast gives the same, sooner.")
    ] = Method.FAST,
    with_dropout: Annotated[
        bool, typer.Option("--with-dropout", help="Keep dropout on, its masks drawn once and frozen.")
    ] = False,
    as_json: Json = False,
) -> int:
    """Check the gradients of backprop against two-sided differences.

    Example: dlrecipe gradcheck digits.yaml --after-epochs 3
    """
    from dlrecipe import experiments, report
    from dlrecipe.config import load_config, parse_overrides
    from dlrecipe.errors import UsageError

    if not 0 < epsilon <= 1:
        raise UsageError(f"--epsilon must be above 0 and at most 1, such as 1e-7. Got {epsilon:g}.")
    found = experiments.gradcheck(
        load_config(config, parse_overrides(settings or [])),
        after_epochs=after_epochs,
        epsilon=epsilon,
        examples=examples,
        method=method.value,
        with_dropout=with_dropout,
    )
    answer(found, report.show_gradcheck, as_json=as_json)
    return Status.DONE if found.passed else Status.NO
