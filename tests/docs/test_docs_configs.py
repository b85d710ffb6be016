"""Every example config trains to a sensible verdict and checks its gradients at both points."""

from pathlib import Path

import pytest

import dlrecipe
from dlrecipe import experiments

CONFIGS = sorted((Path(__file__).parents[2] / "configs").glob("*.yaml"))
HIGHEST_DEV_ERROR = {
    "digits": 0.05,
    "breast-cancer": 0.06,
    "diabetes": 0.65,
    "seven-three-two-one": 0.08,
    "smoke": 0.10,
}


@pytest.mark.parametrize("config", CONFIGS, ids=lambda path: path.stem)
def test_an_example_trains_and_checks(config, tmp_path):
    loaded = dlrecipe.load_config(config)
    run = dlrecipe.train(loaded, tmp_path)
    assert run.result.dev.error < HIGHEST_DEV_ERROR[config.stem]
    assert run.result.stopped in ("epochs", "patience", "converged")
    report = experiments.gradcheck(loaded)
    assert report.passed
    assert len(report.checks) == 2
    assert all(check.difference <= 1e-7 for check in report.checks)
