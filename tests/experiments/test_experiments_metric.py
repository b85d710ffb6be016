"""`recipe.metric` from the config to history, verdict and evaluation."""

import csv
import json

import numpy as np
import pytest
from sklearn.metrics import f1_score, roc_auc_score

import dlrecipe
from dlrecipe.errors import ConfigError, UsageError
from dlrecipe.experiments.prepare import prepare


@pytest.mark.parametrize("metric", ["f1", "auc"])
def test_every_error_of_a_run_is_the_metrics(load, tmp_path, metric):
    run = dlrecipe.train(load(recipe__metric=metric), tmp_path)
    dataset, model = prepare(load()).dataset, run.model

    def expected(part):
        outputs = model.outputs(part.X)[:, 0]
        return 1 - (f1_score(part.y, outputs > 0.5) if metric == "f1" else roc_auc_score(part.y, outputs))

    assert run.result.metric == metric
    assert json.loads((run.folder / "result.json").read_text())["metric"] == metric
    assert run.result.train.error == pytest.approx(expected(dataset.train), abs=1e-6)
    assert run.result.dev.error == pytest.approx(expected(dataset.dev), abs=1e-6)
    with (run.folder / "history.csv").open() as file:
        last = list(csv.DictReader(file))[-1]
    assert float(last["dev_error"]) == run.result.dev.error
    assert float(last["train_error"]) == run.result.train.error
    tested = dlrecipe.evaluate(run.folder)
    assert tested.error == pytest.approx(expected(dataset.test), abs=1e-6)
    assert tested.interval[0] <= tested.error <= tested.interval[1]


def test_the_verdict_is_of_the_metric_with_its_interval(load, tmp_path):
    run = dlrecipe.train(load(recipe__metric="balanced_error"), tmp_path)
    diagnosis, dev = run.result.diagnosis, run.result.dev
    assert diagnosis.figures.dev_error == dev.error
    assert diagnosis.figures.dev_interval == dev.error_interval
    low, high = diagnosis.variance.interval
    assert (low, high) == pytest.approx([bound - run.result.train.error for bound in dev.error_interval])
    assert "mean over the classes" in diagnosis.notes[0]
    from dlrecipe.experiments import diagnose_run  # noqa: PLC0415  # what a later process reads

    assert diagnose_run(run.folder).result.diagnosis == diagnosis


def test_early_stopping_follows_the_metric(load, tmp_path):
    settings = {"training__epochs": 40, "training__patience": 3, "network__keep_prob": 1.0}
    run = dlrecipe.train(load(recipe__metric="auc", **settings), tmp_path)
    best = min(run.history, key=lambda epoch: (epoch.dev_error, epoch.dev_loss))
    assert run.result.best_epoch == best.epoch
    assert run.result.stopped == "patience"


def test_the_plain_error_is_untouched(load, tmp_path):
    one, two = (dlrecipe.train(load(**more), tmp_path) for more in ({}, {"recipe__metric": "error"}))
    assert [epoch._replace(seconds=0) for epoch in one.history] == [
        epoch._replace(seconds=0) for epoch in two.history
    ]
    assert two.result.dev.error_interval is None
    metric = dlrecipe.train(load(recipe__metric="auc"), tmp_path)
    np.testing.assert_array_equal(metric.model.theta, one.model.theta)


def test_improve_compares_single_mistakes_so_it_refuses_a_metric_of_the_whole_set(load, tmp_path):
    with pytest.raises(UsageError, match="example by example"):
        dlrecipe.improve(load(recipe__metric="auc"), runs=tmp_path / "runs")
    assert not (tmp_path / "runs").exists()


def test_what_a_metric_cannot_measure_is_refused(load):
    with pytest.raises(ConfigError, match=r"recipe\.metric must be error for a regression\. Got auc"):
        prepare(load(recipe__metric="auc", data__source="diabetes"))
    with pytest.raises(ConfigError, match=r"recipe\.metric must be error, balanced_error, f1 or auc"):
        load(recipe__metric="accuracy")
