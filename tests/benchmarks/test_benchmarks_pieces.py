"""The pieces of the benchmarks on tiny sizes, and that the peers do the same work. No timing."""

import json
import sys
from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("sklearn")

from benchmarks import goals, gradients, ours, record, training
from benchmarks.child import measure, python
from benchmarks.lines import fit
from benchmarks.picture import draw
from benchmarks.rows import Row, table
from benchmarks.timing import Cost, Measured, interleaved
from benchmarks.workloads import WORKLOADS, Workload

CONVEX = Workload("convex", 400, 3, (), 3, 100, 1.0, 100.0, (1, 1))
"""Without a hidden layer the penalised loss has one minimum; another λ or other data would have another."""


def trained(workload, folder, epochs):
    with training.limited(1):
        entered = training.contenders(workload, folder, 1, epochs, compiled=False)
        return {name: contender().loss for name, contender in entered.items() if name != "share"}


@pytest.mark.parametrize("classes", [2, 3])
def test_everyone_reaches_the_same_minimum(tmp_path, classes):
    losses = trained(replace(CONVEX, classes=classes), tmp_path, 800)
    assert {"numpy", "scikit-learn", "torch"} <= set(losses)
    assert max(losses.values()) - min(losses.values()) < 2e-4, losses


def test_that_minimum_knows_the_penalty(tmp_path):
    half = replace(CONVEX, name="half", lambd=CONVEX.lambd / 2)
    with training.limited(1):
        strong = ours.contender(CONVEX, tmp_path, "numpy", 1, 800)().loss
        weak = ours.contender(half, tmp_path, "numpy", 1, 800)().loss
    assert strong - weak > 5e-3


@pytest.mark.parametrize("workload", WORKLOADS, ids=lambda workload: workload.name)
def test_every_workload_runs_at_a_hundredth(tmp_path, workload):
    m = max(120, workload.m // 100)
    batch = workload.batch and min(workload.batch, m // 2)
    small = replace(workload, m=m, batch=batch, layers=tuple(n // 8 + 2 for n in workload.layers))
    losses = trained(small, tmp_path, 1)
    assert np.isfinite(list(losses.values())).all()


@pytest.mark.parametrize("part", [1.0, 0.1])
def test_the_gradient_checks_run_and_say_what_share_they_checked(part):
    problem = gradients.Problem((30, 5, 3))
    assert set(interleaved(problem.contenders(part), 1)) == {"fast", "naive", "torch"}
    assert len(problem.naive(part)) == int(part * problem.network.layout.size)
    assert problem.pytorch(part)
    assert problem.checked("torch", part) == pytest.approx(
        1 if part == 1 else (5 + 15 + 3) / (150 + 5 + 15 + 3)
    )


def test_ratios_are_of_neighbouring_repetitions():
    mine = Measured((Cost(1, 2), Cost(10, 10), Cost(2, 2)))
    theirs = Measured((Cost(3, 2), Cost(40, 10), Cost(4, 8)))
    ratio = theirs.over(mine)
    assert (ratio.median, *ratio.spread) == (3, 2, 4)
    assert theirs.over(mine, "wall").spread == (1, 4)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="others count a peak from exec")
def test_a_childs_peak_of_memory_is_its_own():
    held = np.ones(40_000_000)
    assert measure(*python("pass")).peak < held.nbytes / 2
    assert measure(*python("b'1' * 300_000_000")).peak > 300_000_000


def test_a_child_that_fails_is_no_figure():
    with pytest.raises(RuntimeError, match="ended with"):
        measure(*python("raise SystemExit(3)"))


def test_a_line_is_found():
    assert fit([1, 2, 4], [5, 7, 11]) == pytest.approx((3, 2, 1))
    assert fit([0, 1, 2], [0, 1, 0]).r2 == pytest.approx(0)


def test_every_goal_has_a_workload_and_is_found():
    assert {name for name, _ in goals.TRAINING} == {workload.name for workload in WORKLOADS}
    assert goals.training("M2", "numba", "torch") == 1.45
    assert goals.training("W1", "numpy", "torch.compile") is None


def test_the_table_says_what_is_met():
    text = table(
        [
            Row("t", "fast enough", "a", 2.0, 2.0),
            Row("t", "too slow", "b", 1.9, 2.0, spread=(1.8, 2.1), wall=1.85),
            Row("u", "too large", "c", 2.1, 2.0, at_most=True, note="why"),
            Row("u", "no goal", "d", 1.0),
        ]
    )
    lines = text.splitlines()
    assert [line for line in lines if line in {"t", "u"}] == ["t", "u"]
    assert next(line for line in lines if "fast enough" in line).endswith("met")
    assert next(line for line in lines if "too slow" in line).split()[-5:] == [
        "1.90",
        "1.80..2.10",
        "1.85",
        "2",
        "missed",
    ]
    assert next(line for line in lines if "too large" in line).endswith("≤2  missed why")
    assert next(line for line in lines if "no goal" in line).endswith("1.00")


def test_a_run_of_one_topic_keeps_the_others(tmp_path):
    file = tmp_path / "results" / "latest.json"
    first = [Row("a", "x", "y", 1.0, spread=(0.9, 1.1)), Row("b", "x", "y", 2.0)]
    record.write(file, record.merge(file, first))
    record.write(file, record.merge(file, [Row("b", "x", "y", 3.0, quick=True)]))
    rows = json.loads(file.read_text())["rows"]
    assert [(row["topic"], row["ratio"], row["quick"]) for row in rows] == [
        ("a", 1.0, False),
        ("b", 3.0, True),
    ]


def test_figures_of_another_machine_are_not_kept(tmp_path, monkeypatch):
    file = tmp_path / "latest.json"
    record.write(file, [Row("a", "x", "y", 1.0)])
    monkeypatch.setattr(record, "machine", lambda: {"processor": "another"})
    assert [row.topic for row in record.merge(file, [Row("b", "x", "y", 2.0)])] == ["b"]


def test_the_picture_is_drawn(tmp_path):
    pytest.importorskip("matplotlib")
    draw([Row(training.TOPICS[1], "W1, numpy kernels", "torch", 2.0, 3.0)], tmp_path / "latest.png")
    assert (tmp_path / "latest.png").stat().st_size > 1000
