"""One training with several seeds: what they share, what they differ in, and what the verdict makes of it."""

import statistics

import pytest

from dlrecipe.config import load_config
from dlrecipe.errors import UsageError
from dlrecipe.experiments import diagnose_run, resume_seeds, train, train_seeds
from dlrecipe.experiments.prepare import prepare
from dlrecipe.experiments.run import open_run
from dlrecipe.experiments.trials import StudyInterruptedError
from dlrecipe.recipe import error_interval
from dlrecipe.recipe.seeding import widened

CONFIG = "name: small\nseed: 5\ndata: {source: digits}\nnetwork: {layers: [8]}\ntraining: {epochs: 3}\n"


@pytest.fixture
def config(tmp_path):
    (tmp_path / "small.yaml").write_text(CONFIG)
    return load_config(tmp_path / "small.yaml")


def test_the_first_run_is_the_plain_one_and_knows_the_others(config, tmp_path):
    alone = train(config, tmp_path / "alone").result
    found = train_seeds(config, 3, tmp_path / "runs").result
    assert (found.dev.error, found.train.loss) == (alone.dev.error, alone.train.loss)
    runs = [open_run(seed.run).result for seed in found.seeds]
    assert [seed.dev_error for seed in found.seeds] == [run.dev.error for run in runs]
    assert len({run.dev.error for run in runs}) > 1
    parts = [
        prepare(load_config(f"{seed.run}/config.yaml")).dataset.dev.rows.tolist() for seed in found.seeds
    ]
    assert parts[0] == parts[1] == parts[2]


def test_intervals_hold_the_spread_of_the_seeds(config, tmp_path):
    alone = train(config, tmp_path / "alone").result
    found = train_seeds(config, 4, tmp_path / "runs").result
    errors = [seed.dev_error for seed in found.seeds]
    assert statistics.stdev(errors) > 0
    interval = error_interval(found.dev.error, found.dev.examples, "classification")
    assert found.dev.error_interval == pytest.approx(widened(found.dev.error, interval, errors))
    narrow, wide = alone.diagnosis.variance.interval, found.diagnosis.variance.interval
    assert wide[0] < narrow[0]
    assert wide[1] > narrow[1]
    assert found.diagnosis.variance.gap == alone.diagnosis.variance.gap
    assert any("With 4 seeds the dev error was" in note for note in found.diagnosis.notes)


def test_the_verdict_of_several_seeds_is_read_back(config, tmp_path):
    found = train_seeds(config, 3, tmp_path / "runs")
    again = diagnose_run(found.folder)
    assert again.result.seeds == found.result.seeds
    assert again.result.diagnosis.variance == found.result.diagnosis.variance


def test_interrupted_seeds_go_on_to_the_same_verdict(config, tmp_path):
    whole = train_seeds(config, 3, tmp_path / "whole").result
    seen = []

    def interrupt(epochs):
        for epoch in epochs:
            seen.append(epoch)
            yield epoch
            if len(seen) == 6:
                raise KeyboardInterrupt

    with pytest.raises(StudyInterruptedError) as interrupted:
        train_seeds(config, 3, tmp_path / "cut", interrupt)
    resumed = resume_seeds(interrupted.value.study).result
    assert [seed.dev_error for seed in resumed.seeds] == [seed.dev_error for seed in whole.seeds]
    assert resumed.diagnosis.variance == whole.diagnosis.variance
    assert resume_seeds(interrupted.value.study).result.seeds == resumed.seeds


def test_one_seed_is_refused(config, tmp_path):
    with pytest.raises(UsageError, match="at least 2"):
        train_seeds(config, 1, tmp_path)
