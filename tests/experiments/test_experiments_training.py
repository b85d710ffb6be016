"""A training from config to run folder, its interruption, and its resumption to the same bits."""

import json

import numpy as np
import pytest

import dlrecipe
from dlrecipe.experiments import UnsavedError
from dlrecipe.experiments.prepare import prepare
from dlrecipe.runs import RunFolder, list_runs, read_history, read_model, read_result, status
from dlrecipe.training import score
from dlrecipe.training.evaluation import Monitor


def interrupted_after(epochs):
    """Pass epochs on, then do what Ctrl-C does."""

    def watch(stream):
        for epoch in stream:
            yield epoch
            if epoch.epoch == epochs:
                raise KeyboardInterrupt

    return watch


def bits(run):
    arrays = np.load(RunFolder(run.folder).model)
    history = [epoch._replace(seconds=0) for epoch in run.history]
    return {name: arrays[name].tobytes() for name in arrays.files}, history


def test_a_run_folder_is_complete_and_tells_one_story(load, tmp_path):
    run = dlrecipe.train(load(), tmp_path / "runs")
    folder = RunFolder(run.folder)
    assert run.folder.name == "small-0001"
    assert {path.name for path in run.folder.iterdir()} == {
        "config.yaml", "history.csv", "model.npz", "checkpoint.npz", "checkpoint-previous.npz", "result.json",
        "lock",
    }  # fmt: skip
    assert read_history(folder.history) == run.history
    assert read_result(folder.result) == run.result
    assert json.loads(folder.result.read_text()) == run.to_dict()
    assert status(folder) == "finished"

    model, result = read_model(folder.model), run.result
    prepared = prepare(load())
    again = score(model.network, model.theta, prepared.problem.dev)
    assert again == result.dev
    assert result.cost == pytest.approx(result.train.loss + result.penalty)
    last = run.history[-1]
    assert (last.train_error, last.dev_error) == pytest.approx((result.train.error, result.dev.error))
    assert last.cost == pytest.approx(result.cost, rel=1e-5)


def test_its_own_config_gives_the_same_bits(load, tmp_path):
    first = dlrecipe.train(load(), tmp_path / "runs")
    second = dlrecipe.train(dlrecipe.load_config(RunFolder(first.folder).config), tmp_path / "runs")
    assert bits(first) == bits(second)
    assert second.folder.name == "small-0002"


@pytest.mark.parametrize("stop", [1, 3, 7, 8])
def test_an_interrupted_run_resumes_to_the_same_bits(load, tmp_path, stop):
    whole = dlrecipe.train(load(), tmp_path / "whole")
    cut = dlrecipe.train(load(), tmp_path / "cut", watch=interrupted_after(stop))
    assert cut.result.stopped == "interrupted"
    assert status(RunFolder(cut.folder)) == "interrupted"
    resumed = dlrecipe.resume(runs=tmp_path / "cut")
    assert resumed.folder == cut.folder
    assert bits(resumed) == bits(whole)
    assert resumed.result.stopped == "epochs"


def test_interrupted_before_the_first_epoch_starts_anew(load, tmp_path):
    whole = dlrecipe.train(load(), tmp_path / "whole")
    dlrecipe.train(load(), tmp_path / "cut", watch=interrupted_after(0))
    assert bits(dlrecipe.resume(runs=tmp_path / "cut")) == bits(whole)


def test_resume_with_early_stopping_counts_the_stale_epochs_before(load, tmp_path):
    config = load(training__patience=3, training__epochs=200, training__learning_rate=0.05)
    whole = dlrecipe.train(config, tmp_path / "whole")
    assert whole.result.stopped == "patience"
    dlrecipe.train(config, tmp_path / "cut", watch=interrupted_after(whole.result.epochs - 1))
    assert bits(dlrecipe.resume(runs=tmp_path / "cut")) == bits(whole)


def test_lbfgs_resumes_to_the_same_bits(load, tmp_path):
    config = load(training__optimizer="lbfgs", training__batch_size="full", network__keep_prob=1.0)
    whole = dlrecipe.train(config, tmp_path / "whole")
    dlrecipe.train(config, tmp_path / "cut", watch=interrupted_after(4))
    assert bits(dlrecipe.resume(runs=tmp_path / "cut")) == bits(whole)


def test_more_epochs_go_on_with_a_finished_run(load, tmp_path):
    whole = dlrecipe.train(load(training__epochs=12), tmp_path / "whole")
    dlrecipe.train(load(), tmp_path / "short")
    longer = dlrecipe.resume(runs=tmp_path / "short", run=1, overrides={"training.epochs": 12})
    assert bits(longer) == bits(whole)


def test_resume_of_a_finished_run_is_its_result(load, tmp_path):
    run = dlrecipe.train(load(), tmp_path / "runs")
    assert dlrecipe.resume("small-0001", tmp_path / "runs").to_dict() == run.to_dict()


def test_resume_refuses_other_changes(load, tmp_path):
    dlrecipe.train(load(), tmp_path / "runs", watch=interrupted_after(2))
    with pytest.raises(dlrecipe.RunError, match=r"may only change training\.epochs"):
        dlrecipe.resume(runs=tmp_path / "runs", overrides={"training.lambda": 1})


def test_with_patience_the_model_is_the_best_evaluations_bit_for_bit(load, tmp_path):
    config = load(training__patience=2, training__epochs=200, training__learning_rate=0.05)
    run = dlrecipe.train(config, tmp_path / "runs")
    best = run.result.best_epoch
    assert best == run.result.epochs - 2
    assert run.history[best].dev_error == min(epoch.dev_error for epoch in run.history)
    stopped_there = dlrecipe.train(
        load(training__epochs=best, training__learning_rate=0.05), tmp_path / "runs"
    )
    assert bits(run)[0] == bits(stopped_there)[0]


def test_divergence_keeps_the_last_finite_model(load, tmp_path):
    config = load(training__optimizer="gd", training__learning_rate=1e9, training__batch_size="full",
                  data__normalize=False)  # fmt: skip
    run = dlrecipe.train(config, tmp_path / "runs")
    assert run.result.stopped == "diverged"
    assert np.isfinite(run.model.theta).all()
    assert status(RunFolder(run.folder)) == "diverged"
    assert json.loads(RunFolder(run.folder).result.read_text())["stopped"] == "diverged"
    assert {suggestion.id for suggestion in run.result.diagnosis.suggestions} & {
        "lower_learning_rate", "normalize_inputs",
    }  # fmt: skip


def test_no_epochs_return_the_initialisation(load, tmp_path):
    run = dlrecipe.train(load(training__epochs=0), tmp_path / "runs")
    prepared = prepare(load(training__epochs=0))
    from dlrecipe.training import start  # noqa: PLC0415  # beside its only use

    assert run.model.theta.tobytes() == start(prepared.problem, "he").theta.tobytes()


def test_bad_data_leave_no_folder(load, tmp_path):
    with pytest.raises(dlrecipe.DataError):
        dlrecipe.train(load(data__source="nowhere.csv"), tmp_path / "runs")
    assert not (tmp_path / "runs").exists()


def test_dropout_moves_neither_split_nor_initialisation(load):
    plain, dropped = prepare(load(network__keep_prob=1.0)), prepare(load(network__keep_prob=[0.5, 0.5]))
    np.testing.assert_array_equal(plain.dataset.dev.rows, dropped.dataset.dev.rows)
    np.testing.assert_array_equal(plain.dataset.train.rows, dropped.dataset.train.rows)


def test_a_failed_write_keeps_the_checkpoint_before(load, tmp_path, monkeypatch):
    run = dlrecipe.train(load(), tmp_path / "runs", watch=interrupted_after(3))
    before = RunFolder(run.folder).checkpoint.read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(dlrecipe.RunError, match="No space left on device"):
        dlrecipe.resume(runs=tmp_path / "runs")
    assert RunFolder(run.folder).checkpoint.read_bytes() == before
    assert [path.name for path in run.folder.iterdir() if path.name.startswith(".")] == []


def test_the_first_epoch_is_written_at_once(load, tmp_path):
    seen = []

    def watch(stream):
        for epoch in stream:
            seen.append((epoch.epoch, [run.status for run in list_runs(tmp_path / "runs")],
                         (tmp_path / "runs/small-0001/checkpoint.npz").exists()))  # fmt: skip
            yield epoch

    dlrecipe.train(load(), tmp_path / "runs", watch=watch)
    assert seen[0] == (0, ["running"], False)
    assert seen[2] == (2, ["running"], True)


def test_a_longer_run_keeps_its_epochs_in_its_config(load, tmp_path):
    run = dlrecipe.train(load(), tmp_path / "runs")
    longer = dlrecipe.resume(runs=tmp_path / "runs", run="1", overrides={"training.epochs": 12})
    again = dlrecipe.train(dlrecipe.load_config(RunFolder(run.folder).config), tmp_path / "runs")
    assert bits(again) == bits(longer)


def test_a_longer_run_that_is_interrupted_is_unfinished_and_goes_on(load, tmp_path):
    whole = dlrecipe.train(load(training__epochs=12), tmp_path / "whole")
    run = dlrecipe.train(load(), tmp_path / "runs")
    dlrecipe.resume(
        run="1", runs=tmp_path / "runs", overrides={"training.epochs": 12}, watch=interrupted_after(10)
    )
    assert status(RunFolder(run.folder)) == "interrupted"
    assert bits(dlrecipe.resume(runs=tmp_path / "runs")) == bits(whole)


@pytest.mark.parametrize("changes", [{"network__init": 1e15}, {"training__epochs": 0, "network__init": 1e30}])
def test_an_error_without_measure_still_returns_its_run(load, tmp_path, changes):
    config = load(data__source="diabetes", data__normalize=False, recipe__human_error=None,
                  network__keep_prob=1.0, **changes)  # fmt: skip
    run = dlrecipe.train(config, tmp_path / "runs")
    assert read_result(RunFolder(run.folder).result).diagnosis.verdict == run.result.diagnosis.verdict
    assert status(RunFolder(run.folder)) in ("finished", "diverged")


def test_data_that_have_changed_are_neither_tested_on_nor_trained_on(load, tmp_path):
    file = tmp_path / "data.csv"
    rows = [f"{i % 7},{i % 5},{i % 2}" for i in range(100)]
    file.write_text("\n".join(["a,b,label", *rows]))
    config = load(data__source=str(file))
    dlrecipe.train(config, tmp_path / "runs")
    dlrecipe.train(config, tmp_path / "runs", watch=interrupted_after(3))
    file.write_text("\n".join(["a,b,label", *reversed(rows)]))
    with pytest.raises(dlrecipe.RunError, match="not what it was when this run was trained"):
        dlrecipe.evaluate("1", tmp_path / "runs")
    with pytest.raises(dlrecipe.RunError, match="not what it was when this run was trained"):
        dlrecipe.resume("2", tmp_path / "runs")
    assert dlrecipe.evaluate("1", tmp_path / "runs", data=file).examples == 100


def test_a_training_that_cannot_begin_leaves_no_folder(load, tmp_path, monkeypatch):
    def no_memory(*_):
        raise MemoryError

    monkeypatch.setattr("dlrecipe.experiments.fit.start", no_memory)
    with pytest.raises(MemoryError):
        dlrecipe.train(load(), tmp_path / "runs")
    assert list_runs(tmp_path / "runs") == []


def test_a_human_error_that_does_not_fit_the_task_leaves_no_folder(load, tmp_path):
    with pytest.raises(dlrecipe.ConfigError, match=r"recipe\.human_error must be at most 100%"):
        dlrecipe.train(load(recipe__human_error="150%"), tmp_path / "runs")
    assert not (tmp_path / "runs").exists()


def test_a_longer_cosine_and_fewer_epochs_are_refused_and_nothing_is_lost(load, tmp_path):
    run = dlrecipe.train(load(training__schedule="cosine"), tmp_path / "runs")
    before = {path.name: path.read_bytes() for path in run.folder.iterdir()}
    with pytest.raises(dlrecipe.RunError, match="cosine schedule"):
        dlrecipe.resume("1", tmp_path / "runs", {"training.epochs": 12})
    with pytest.raises(dlrecipe.RunError, match="has 8 epochs already"):
        dlrecipe.resume("1", tmp_path / "runs", {"training.epochs": 3})
    assert {path.name: path.read_bytes() for path in run.folder.iterdir()} == before


def test_a_folder_that_is_no_run_is_not_touched(tmp_path, monkeypatch):
    (tmp_path / "config.yaml").write_text("data: {source: digits}\nnetwork: {layers: []}\n")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(dlrecipe.RunError, match="no run"):
        dlrecipe.resume(".", overrides={"training.epochs": 3})


def test_an_interruption_amid_an_epoch_counts_whole_epochs_only(load, tmp_path, monkeypatch):
    whole = dlrecipe.train(load(), tmp_path / "whole")
    score_of = "dlrecipe.training.loop.Monitor.__call__"
    real = Monitor.__call__

    def stopped(monitor, epoch, seconds, rate):
        if epoch == 3:
            raise KeyboardInterrupt
        return real(monitor, epoch, seconds, rate)

    with monkeypatch.context() as patch:
        patch.setattr(score_of, stopped)
        cut = dlrecipe.train(load(), tmp_path / "cut")
    assert (cut.result.epochs, cut.history[-1].epoch) == (2, 2)
    assert bits(dlrecipe.resume(runs=tmp_path / "cut")) == bits(whole)


def test_other_versions_are_refused_with_their_names(load, tmp_path, monkeypatch):
    dlrecipe.train(load(), tmp_path / "runs", watch=interrupted_after(2))
    monkeypatch.setattr("numpy.__version__", "1.0.0")
    with pytest.raises(dlrecipe.RunError, match=r"other versions.*numpy: .* then, 1\.0\.0 now"):
        dlrecipe.resume(runs=tmp_path / "runs")


def test_a_network_beyond_the_memory_is_refused(load, tmp_path):
    with pytest.raises(dlrecipe.ConfigError, match=r"1,000,0\d\d,\d+.* parameters.*this machine has"):
        dlrecipe.train(
            load(network__layers=[1_000_000, 1_000_000], network__keep_prob=1.0), tmp_path / "runs"
        )
    assert not (tmp_path / "runs").exists()


def test_what_a_training_found_comes_with_the_error_where_it_cannot_be_saved(load, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    def watch(stream):
        for epoch in stream:
            if epoch.epoch == 2:
                monkeypatch.setattr("os.fsync", full)
            yield epoch

    with pytest.raises(UnsavedError, match="No space left on device") as caught:
        dlrecipe.train(load(), tmp_path / "runs", watch=watch)
    assert caught.value.run.result.epochs == 8
    monkeypatch.undo()
    assert bits(dlrecipe.resume(runs=tmp_path / "runs")) == bits(dlrecipe.train(load(), tmp_path / "whole"))
