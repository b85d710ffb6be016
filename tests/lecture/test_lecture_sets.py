from pathlib import Path

import numpy as np
import pytest

from dlrecipe.lecture.sets import moons, on_disk


def test_without_noise_every_point_is_on_its_arc():
    X, y = moons(500, np.random.default_rng(0), noise=0.0)
    centre = np.where(y[:, None] == 0, [0.0, 0.0], [1.0, 0.5])
    assert np.linalg.norm(X - centre, axis=1) == pytest.approx(np.ones(500))
    assert (X[y == 0, 1] >= 0).all()
    assert (X[y == 1, 1] <= 0.5).all()


def test_wrong_labels_are_as_many_as_asked_for():
    right, wrong = (moons(20_000, np.random.default_rng(1), wrong_labels=share) for share in (0.0, 0.15))
    assert (right[0] == wrong[0]).all()
    assert (right[1] != wrong[1]).mean() == pytest.approx(0.15, abs=0.01)


def test_a_shift_moves_every_point():
    here, there = (moons(50, np.random.default_rng(2), shift=shift)[0] for shift in ((0, 0), (0.5, -1)))
    assert there - here == pytest.approx(np.tile((0.5, -1.0), (50, 1)))


def test_files_are_there_for_as_long_as_the_context():
    drawn = moons(30, np.random.default_rng(3))
    with on_disk(train=drawn) as paths, np.load(paths["train"]) as file:
        assert (file["X"] == drawn[0]).all()
    assert not Path(paths["train"]).exists()
