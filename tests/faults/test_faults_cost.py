"""What checkpoints cost: by the rule that spaces them, on a clock of our own."""

import numpy as np
import pytest
from faults_runs import SMALL

import dlrecipe
from dlrecipe.experiments import saver as module
from dlrecipe.experiments.prepare import prepare
from dlrecipe.experiments.saver import Saver
from dlrecipe.runs import RunFolder
from dlrecipe.training import epochs, start


class Clock:
    """Time that passes only when something is said to take some."""

    now = 0.0

    def monotonic(self):
        return self.now


def test_checkpoints_take_less_than_two_percent_however_slow_the_disk(config, tmp_path, monkeypatch):
    clock, writes = Clock(), []

    def slow_write(*_):
        writes.append(clock.now)
        clock.now += 3.0

    monkeypatch.setattr(module, "time", clock)
    monkeypatch.setattr(module, "save_checkpoint", slow_write)
    monkeypatch.setattr(module, "write_history", lambda *_: None)
    prepared = prepare(config(SMALL, training__epochs=900))
    state, history = start(prepared.problem, "he"), []
    saver = Saver(RunFolder(tmp_path), None)
    for epoch in epochs(prepared.problem, state):
        history.append(epoch)
        clock.now += 1.0
        saver.epoch_ended(state, state.theta, history)
    training = clock.now - 3.0 * len(writes)
    assert len(writes) >= 5
    assert 3.0 * (len(writes) - 1) < 0.02 * training  # the first is written at once, whatever it costs


@pytest.mark.slow
def test_what_checkpoints_cost_here(config, tmp_path, monkeypatch, figure):
    """A figure for the summary; how long a disk takes is nothing to assert."""
    spent, real = [], Saver.write

    def measured(saver):
        began = module.time.perf_counter()
        real(saver)
        spent.append(module.time.perf_counter() - began)

    monkeypatch.setattr(Saver, "write", measured)
    changes = {"data__source": "digits", "network__layers": [128, 64], "network__keep_prob": 1.0}
    run = dlrecipe.train(config(SMALL, training__epochs=1500, **changes), tmp_path)
    figure(
        "checkpoints",
        f"{len(spent)} in {run.result.seconds:.0f} s, {sum(spent) / run.result.seconds:.1%} of it",
    )
    assert np.isfinite(run.result.cost)
