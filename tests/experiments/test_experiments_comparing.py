"""Which run is better: the figures against counts made here, and what may not be compared."""

import numpy as np
import pytest

import dlrecipe
from dlrecipe.experiments.dev import open_dev
from dlrecipe.experiments.repeats import seed_groups
from dlrecipe.recipe.pairing import mcnemar


@pytest.fixture(scope="module")
def tried(tmp_path_factory):
    """Four runs: a good network, a small one, the good one with another seed, a good one again."""
    folder = tmp_path_factory.mktemp("tried")
    file = folder / "d.yaml"
    file.write_text("data: {source: digits}\nnetwork: {layers: [32]}\ntraining: {epochs: 30}\n")
    changes = [{}, {"network.layers": [3]}, {"seed": 1}, {"training.lambda": 0.01}]
    return [dlrecipe.train(dlrecipe.load_config(file, change), folder / "runs") for change in changes]


def test_two_runs_on_the_same_dev_examples_are_paired(tried):
    good, small = tried[:2]
    found = dlrecipe.compare([small.folder, good.folder])
    [pair] = found.pairs
    one, other = open_dev(good).errors.astype(bool), open_dev(small).errors.astype(bool)
    assert (pair.best, pair.other) == (str(good.folder), str(small.folder))
    assert pair.only_best_wrong == (one & ~other).sum()
    assert pair.only_other_wrong == (other & ~one).sum()
    assert pair.p == mcnemar(pair.only_best_wrong, pair.only_other_wrong)
    assert pair.difference == pytest.approx(small.result.dev.error - good.result.dev.error)
    assert pair.interval[0] < pair.difference < pair.interval[1]
    assert pair.judgement == "better"
    assert pair.examples_to_tell is None
    assert found.runs[0].settings == {"network.layers": [32]}
    assert found.runs[0].dev_set == found.runs[1].dev_set == 1


def test_two_runs_are_corrected_for_the_others_that_were_tried(tried):
    """Three of the four have the same data; another seed cuts them into other parts."""
    found = dlrecipe.compare([tried[0].folder, tried[1].folder])
    assert (found.tried, found.tests) == (3, 2)
    assert found.pairs[0].p_corrected == pytest.approx(min(1, 2 * found.pairs[0].p))


def test_hardly_different_runs_are_no_evidence(tried):
    [pair] = dlrecipe.compare([tried[0].folder, tried[3].folder]).pairs
    assert pair.judgement == "no evidence of a difference"
    assert pair.p_corrected > 0.05


def test_another_seed_has_another_dev_set(tried):
    found = dlrecipe.compare([tried[0].folder, tried[2].folder])
    assert {run.dev_set for run in found.runs} == {1, 2}
    assert found.pairs[0].test == "unpaired"
    assert "different dev examples" in " ".join(found.notes)
    [group] = found.seeds
    errors = [tried[0].result.dev.error, tried[2].result.dev.error]
    assert group.mean == pytest.approx(np.mean(errors))
    assert group.sd == pytest.approx(np.std(errors, ddof=1))


def test_without_names_all_finished_runs_are_compared(tried):
    found = dlrecipe.compare([], tried[0].folder.parent)
    assert len(found.runs) == 4
    assert [run.dev_error for run in found.runs] == sorted(run.dev_error for run in found.runs)
    assert found.tests == 6
    assert len(found.pairs) == 3


def test_regressions_are_compared_by_a_paired_bootstrap(tmp_path):
    file = tmp_path / "r.yaml"
    file.write_text("data: {source: diabetes}\nnetwork: {layers: []}\ntraining: {optimizer: lbfgs}\n")
    linear = dlrecipe.train(dlrecipe.load_config(file), tmp_path / "runs")
    wild = dlrecipe.train(dlrecipe.load_config(file, {"network.layers": [40]}), tmp_path / "runs")
    [pair] = dlrecipe.compare([linear.folder, wild.folder]).pairs
    assert (pair.best, pair.test, pair.judgement) == (str(linear.folder), "paired bootstrap", "better")
    difference = open_dev(wild).errors - open_dev(linear).errors
    assert pair.difference == pytest.approx(difference.mean())
    assert pair.only_best_wrong is None


def test_data_that_are_gone_leave_the_errors_to_compare(tmp_path):
    rng = np.random.default_rng(0)
    np.savez(tmp_path / "a.npz", X=rng.normal(size=(90, 4)), y=np.arange(90) % 2)
    file = tmp_path / "a.yaml"
    file.write_text("data: {source: a.npz}\nnetwork: {layers: [4]}\ntraining: {epochs: 3}\n")
    runs = [
        dlrecipe.train(dlrecipe.load_config(file, {"training.lambda": l}), tmp_path / "runs") for l in (0, 9)
    ]
    (tmp_path / "a.npz").unlink()
    found = dlrecipe.compare([run.folder for run in runs])
    assert found.pairs[0].test == "unpaired"
    assert [run.dev_set for run in found.runs] == [None, None]
    assert sum("a.npz" in note for note in found.notes) == 2


def test_what_cannot_be_compared_is_refused(tried, tmp_path):
    file = tmp_path / "r.yaml"
    file.write_text("data: {source: diabetes}\nnetwork: {layers: []}\n")
    regression = dlrecipe.train(dlrecipe.load_config(file), tmp_path / "runs")
    with pytest.raises(dlrecipe.UsageError, match="Got 1"):
        dlrecipe.compare([tried[0].folder])
    with pytest.raises(dlrecipe.UsageError, match="Named twice"):
        dlrecipe.compare([tried[0].folder, tried[0].folder])
    with pytest.raises(dlrecipe.UsageError, match="different things"):
        dlrecipe.compare([tried[0].folder, regression.folder])
    with pytest.raises(dlrecipe.RunError, match="no run 'absent'"):
        dlrecipe.compare(["absent", "2"], tried[0].folder.parent)


def test_runs_of_one_seed_are_no_repetition():
    settings = [{"seed": 0, "x": 1}, {"seed": 0, "x": 1}, {"seed": 1, "x": 2}]
    assert seed_groups(["a", "b", "c"], [0.1, 0.2, 0.3], settings) == ()
