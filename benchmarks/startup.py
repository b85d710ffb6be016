"""Start-up: what whole processes cost, in units of a Python that does nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from benchmarks import goals
from benchmarks.child import PROGRAM, ROOT, measure, python
from benchmarks.rows import Row
from benchmarks.timing import interleaved

if TYPE_CHECKING:
    from benchmarks.timing import Contender, Cost

TOPIC = "start-up, CPU time"
NOTHING = "python -c pass"
TRAIN = "dlrecipe train smoke.yaml"
MLP = "import sklearn.neural_network"


def rows(*, quick: bool) -> Iterator[Row]:
    """Help, a tiny training, and the imports that a user of others would pay for."""
    with tempfile.TemporaryDirectory() as folder:
        commands = {
            NOTHING: python("pass"),
            "dlrecipe --help": (PROGRAM, "--help"),
            TRAIN: (PROGRAM, "train", f"{ROOT}/configs/smoke.yaml", "--runs", folder),
            **{f"import {name}": python(f"import {name}") for name in ("typer", "numpy", "pydantic")},
            MLP: python(MLP),
        }
        contenders: dict[str, Contender] = {
            name: partial(_cost, command) for name, command in commands.items()
        }
        measured = interleaved(contenders, 3 if quick else 9)
    unit = measured.pop(NOTHING)
    for name, process in measured.items():
        times = process.over(unit)
        yield Row(
            TOPIC,
            name,
            NOTHING,
            times.median,
            goals.STARTUP.get(name),
            at_most=True,
            spread=times.spread,
            wall=process.over(unit, "wall").median,
        )
    mine, peer = measured[TRAIN], measured[MLP]
    ratio = peer.over(mine)
    goal = goals.QUICKER_THAN_SCIKIT_LEARN
    wall = peer.over(mine, "wall").median
    yield Row(TOPIC, TRAIN, MLP, ratio.median, goal, spread=ratio.spread, wall=wall)


def _cost(command: tuple[str, ...]) -> Cost:
    return measure(*command).cost
