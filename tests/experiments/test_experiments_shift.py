"""Whether dev can be told from train: the AUC against scikit-learn's, its interval by simulation."""

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

import dlrecipe
from dlrecipe.experiments.checks.shift import area, area_interval, separation
from dlrecipe.experiments.prepare import prepare


@pytest.mark.parametrize("seed", range(4))
def test_the_area_is_scikit_learns(seed):
    rng = np.random.default_rng(seed)
    scores, positive = rng.integers(0, 8, 50).astype(float), rng.random(50) < 0.4
    assert area(scores, positive) == pytest.approx(roc_auc_score(positive, scores))


def test_the_interval_of_the_area_holds_its_coverage():
    rng, distance = np.random.default_rng(0), 1.0
    true, inside = 0.7602499389065233, 0  # Φ(1/√2): two normals, one deviation apart
    for _ in range(400):
        scores = np.concatenate([rng.normal(size=60), rng.normal(distance, 1, 90)])
        low, high = area_interval(area(scores, np.arange(150) >= 60), 90, 60)
        inside += low <= true <= high
    assert 0.92 <= inside / 400 <= 0.98


def write(folder, name, X):
    rows = ["a,b,target", *(f"{a},{b},{i % 2}" for i, (a, b) in enumerate(X))]
    (folder / name).write_text("\n".join(rows))


@pytest.mark.parametrize(("shift", "spread", "apart"), [(0, 1, False), (2, 1, True), (0, 4, True)])
def test_a_shifted_or_wider_dev_file_is_told_apart(tmp_path, shift, spread, apart):
    rng = np.random.default_rng(3)
    write(tmp_path, "train.csv", rng.normal(size=(300, 2)))
    write(tmp_path, "dev.csv", rng.normal(size=(200, 2)) * [spread, 1] + [shift, 0])
    config = tmp_path / "c.yaml"
    config.write_text("data: {source: train.csv, dev: dev.csv}\nnetwork: {layers: [4]}\n")
    found = separation(prepare(dlrecipe.load_config(config)), 0)
    assert (found.interval[0] > 0.6) == apart
    if apart:
        assert found.columns[0] == "a"
    else:
        assert found.interval[0] < 0.5 < found.interval[1]
