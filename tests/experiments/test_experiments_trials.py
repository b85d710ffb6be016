"""The trainings of a study, in this process and in others."""

import os
from concurrent.futures import wait

import pytest

from dlrecipe.config import dump_config, load_config
from dlrecipe.errors import ConfigError, RunError
from dlrecipe.experiments.executors import executor
from dlrecipe.experiments.trials import Trials, carry_out
from dlrecipe.runs import Purpose, create_study

CONFIG = """
name: small
data: {source: digits}
network: {layers: [8]}
training: {epochs: 2}
"""


@pytest.fixture
def trials(tmp_path):
    (tmp_path / "small.yaml").write_text(CONFIG)
    config = dump_config(load_config(tmp_path / "small.yaml"))
    study, lock = create_study(tmp_path / "runs", "small", Purpose("sweep", {}), config)
    yield Trials(study)
    lock.release()


def test_a_trial_is_a_run_of_the_patched_config(trials):
    run = carry_out(trials.trial(0, {"training.lambda": 0.5}))
    assert run.result.settings.lambd == 0.5
    assert trials.study.trials()[0].path == run.folder


def test_a_finished_trial_is_not_done_again(trials):
    run = carry_out(trials.trial(3, {}))
    again = carry_out(Trials(trials.study).trial(3, {}))
    assert again.folder == run.folder
    assert again.result == run.result
    assert len(trials.study.trials()) == 1


def test_an_interrupted_trial_goes_on_to_the_same_bits(trials):
    def stop_early(epochs):
        for epoch in epochs:
            yield epoch
            if epoch.epoch == 1:
                raise KeyboardInterrupt

    whole = carry_out(trials.trial(0, {}))
    cut = carry_out(trials.trial(1, {}), stop_early)
    assert cut.result.stopped == "interrupted"
    resumed = carry_out(Trials(trials.study).trial(1, {}))
    assert resumed.folder == cut.folder
    assert resumed.result.dev == whole.result.dev


def test_two_processes_give_the_bits_of_one(trials):
    patches = [{"seed": seed} for seed in range(3)]
    with executor(2) as pool:
        futures = [pool.submit(carry_out, trials.trial(at, patch)) for at, patch in enumerate(patches)]
        spread = [future.result().result.dev for future in futures]
    with executor() as pool:
        futures = [pool.submit(carry_out, trials.trial(9 + at, patch)) for at, patch in enumerate(patches)]
        assert [future.result().result.dev for future in futures] == spread


@pytest.mark.parametrize("workers", [1, 2])
def test_a_failure_is_its_futures_and_the_others_go_on(trials, workers):
    with executor(workers) as pool:
        bad = pool.submit(carry_out, trials.trial(0, {"training.lambda": -1}))
        good = pool.submit(carry_out, trials.trial(1, {}))
        wait([bad, good])
        assert isinstance(bad.exception(), ConfigError)
        assert good.result().result.stopped == "epochs"


def leave_while_training(trials, futures):
    with executor(2) as pool:
        futures += [pool.submit(carry_out, trials.trial(at, {"training.epochs": 10**6})) for at in range(2)]
        raise KeyboardInterrupt


def test_leaving_by_an_interrupt_ends_the_processes(trials):
    futures = []
    with pytest.raises(KeyboardInterrupt):
        leave_while_training(trials, futures)
    assert all(future.done() for future in futures)


def wait_for_one_that_is_killed():
    with executor(2) as pool:
        pool.submit(os.kill, os.getpid(), 0).result()
        pool.submit(os._exit, 1).result()


def test_a_process_that_is_killed_is_told_with_the_remedy():
    with pytest.raises(RunError, match="`dlrecipe resume` goes on"):
        wait_for_one_that_is_killed()
