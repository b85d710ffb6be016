"""The loop on the screen: while it runs, and at its end."""

import io

from rich.console import Console

from dlrecipe.report import show_improvement, watch_steps
from dlrecipe.results import Honesty, Improvement, Progress, Start, Step

START = Start("runs/a-0002", 0.2, 0.25, "high bias")
KEPT = Step(
    "l2", {"training.lambda": 3.0}, "runs/a-0003", 0.05, 0.12, True, {"training.lambda": 3.0}, "suggestion",
    "It overfits.", "within noise", "dev error 25 % -> 12 %: within noise.", 0.2, 9, 1.0,
)  # fmt: skip
FAILED = Step(
    "dropout", {"network.keep_prob": 0.8}, None, None, None, False, {}, "neighbour", "Near.", "failed", "Oh."
)
DONE = Improvement(
    3, 12.3, "runs/a-0003", "runs/a-improve-0001/best.yaml", 0.12, (KEPT, FAILED), "runs/a-improve-0001",
    START, 0.05, "high variance", {"training.lambda": 3.0}, "trainings", "All 3 trainings are used up.",
    Honesty(2, 0.135, 0.015, (0.1, 0.17)), ("Get more data.",),
)  # fmt: skip


def printed(show, width=120, *, terminal=False):
    out = Console(file=io.StringIO(), width=width, force_terminal=terminal, color_system=None)
    show(out)
    return out.file.getvalue()


def test_the_end_has_the_path_the_reasons_and_the_honest_error():
    text = printed(lambda out: show_improvement(DONE, out))
    assert "dev error 25.0 % -> 12.0 % in 3 trainings" in text
    assert "kept, within noise" in text
    assert "reverted, failed" in text
    assert "Kept: dev error 25 % -> 12 %: within noise." in text
    assert "about 1.5 points too low: expect 13.5 %" in text
    assert "runs/a-improve-0001/best.yaml" in text
    assert "1. Get more data." in text
    assert text.rstrip().endswith("dlrecipe evaluate runs/a-0003")
    assert all(line == line.rstrip() for line in text.splitlines())


def test_the_live_table_passes_everything_on_and_shows_what_is_tried():
    stages = [
        Progress(None, (), (("train", {}),), 3),
        Progress(START, (KEPT,), (("dropout", {"network.keep_prob": 0.8}),), 3),
    ]
    passed = []
    text = printed(lambda out: passed.extend(watch_steps(out)(iter(stages))), terminal=True)
    assert passed == stages
    assert "3 of 3: dropout" in text
    assert "network.keep_prob: 0.8" in text


def test_nothing_is_shown_where_nobody_watches():
    assert printed(lambda out: list(watch_steps(out)(iter([Progress(START, (), (), 3)])))) == ""
