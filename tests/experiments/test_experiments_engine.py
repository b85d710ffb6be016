"""Threads and kernels: chosen by fixed rules, recorded, restored."""

from dataclasses import replace

import pytest
from threadpoolctl import threadpool_info

import dlrecipe
from dlrecipe.experiments import engine
from dlrecipe.experiments.prepare import prepare
from dlrecipe.runs import RunFolder, read_checkpoint
from dlrecipe.training import Engine


def test_small_steps_use_one_thread_and_plain_kernels(load):
    assert engine.choose_engine(load(), prepare(load()).problem) == Engine(1, "numpy")


def test_long_steps_use_the_cores_up_to_four(load, monkeypatch):
    problem = prepare(load()).problem
    wide = replace(problem, network=replace(problem.network, sizes=(30, 20_000, 20_000, 1)))
    for cores, threads in ((1, 1), (2, 2), (64, 4)):
        monkeypatch.setattr(engine, "_cores", lambda cores=cores: cores)
        assert engine.threads_for(wide) == threads


def test_long_trainings_use_compiled_kernels_where_they_are_installed(load, monkeypatch):
    config = load(training__epochs=1_000_000)
    problem = prepare(config).problem
    monkeypatch.setattr(engine, "has_numba", lambda: True)
    assert engine.choose_engine(config, problem).kernels == "numba"
    monkeypatch.setattr(engine, "has_numba", lambda: False)
    assert engine.choose_engine(config, problem).kernels == "numpy"
    patient = load(training__epochs=1_000_000, training__patience=10)
    monkeypatch.setattr(engine, "has_numba", lambda: True)
    assert engine.choose_engine(patient, problem).kernels == "numpy"


def test_asking_for_numba_without_it_leaves_no_folder(load, monkeypatch, tmp_path):
    monkeypatch.setattr(engine, "has_numba", lambda: False)
    with pytest.raises(dlrecipe.UsageError, match=r"dlrecipe\[fast\]"):
        dlrecipe.train(load(training__kernels="numba"), tmp_path / "runs")
    assert not (tmp_path / "runs").exists()


def test_a_resume_without_numba_is_refused_with_the_reason(load, monkeypatch, tmp_path):
    pytest.importorskip("numba")

    def stop(stream):
        for epoch in stream:
            yield epoch
            if epoch.epoch == 3:
                raise KeyboardInterrupt

    run = dlrecipe.train(load(training__kernels="numba"), tmp_path / "runs", watch=stop)
    assert read_checkpoint(RunFolder(run.folder).checkpoint).conditions.engine == Engine(1, "numba")
    monkeypatch.setattr("dlrecipe.training.engine.has_numba", lambda: False)
    with pytest.raises(dlrecipe.RunError, match="Numba is not installed here"):
        dlrecipe.resume(runs=tmp_path / "runs")
    monkeypatch.undo()
    assert dlrecipe.resume(runs=tmp_path / "runs").result.environment["kernels"] == "numba"


def test_threads_are_recorded_and_in_force_while_training(load, tmp_path):
    seen = set()

    def look(stream):
        for epoch in stream:
            seen.add(max(pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"))
            yield epoch

    run = dlrecipe.train(load(training__threads=2), tmp_path / "runs", watch=look)
    assert run.result.environment["threads"] == 2
    assert seen <= {1, 2}
