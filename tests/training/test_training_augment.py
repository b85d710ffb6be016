"""Pictures that are moved and mirrored while a network trains: against pixels moved one by one."""

from dataclasses import replace

import numpy as np
import pytest
import scipy.ndimage
from hypothesis import given
from hypothesis import strategies as st

from dlrecipe.nn import ACTIVATIONS, LOSSES, Network, Penalty
from dlrecipe.training import PLAIN, Augmentation, Examples, Problem, Streamed, epochs, has_numba, start
from dlrecipe.training.augment import Augmenter
from dlrecipe.training.packed import Packed

FLIPS = [(), ("horizontal",), ("vertical",), ("horizontal", "vertical")]
AXES = {"vertical": 0, "horizontal": 1}


def pictures(shape, count, seed=0):
    """Raw pixels, and what normalises them; some of the inputs never change."""
    rng = np.random.default_rng(seed)
    raw = rng.integers(0, 256, (count, np.prod(shape))).astype(float)
    raw[:, ::7] = 0
    spread = raw.std(axis=0)
    return raw, raw.mean(axis=0), np.where(spread > 0, spread, 1.0)


def every_variant(picture, shift, flips):
    """The picture in every way that it may be varied, by SciPy's shift and NumPy's flip of its raw pixels."""
    moves = [(0, 0)] + [(y, x) for y in range(-shift, shift + 1) for x in range(-shift, shift + 1)]
    for down, right in moves:
        moved = scipy.ndimage.shift(picture, (down, right, 0), order=0, mode="constant", cval=0)
        for turned in {frozenset(), *(frozenset({flip}) for flip in flips), frozenset(flips)}:
            yield np.flip(moved, [AXES[flip] for flip in turned])


@pytest.mark.parametrize("flips", FLIPS)
@pytest.mark.parametrize("shape", [(5, 4, 1), (3, 6, 3)])
def test_pixels_are_moved_raw_and_then_normalised(shape, flips):
    raw, mean, scale = pictures(shape, 60)
    X = ((raw - mean) / scale).astype(np.float32)
    Augmenter(Augmentation(shape, 2, flips, mean, scale), 60, X.dtype)(X, np.random.default_rng(1))
    for before, after in zip(raw, X, strict=True):
        candidates = [
            (variant.reshape(-1) - mean) / scale for variant in every_variant(before.reshape(shape), 2, flips)
        ]
        assert min(np.abs(candidate - after).max() for candidate in candidates) < 1e-4


def test_what_comes_in_from_beyond_the_edge_is_the_normalised_background():
    shape, mean = (4, 4, 1), np.full(16, 100.0)
    X = np.full((500, 16), (200 - 100) / 50, np.float32)
    Augmenter(Augmentation(shape, 1, (), mean, np.full(16, 50.0)), 500, X.dtype)(X, np.random.default_rng(0))
    assert set(np.unique(X)) == {-2.0, 2.0}


def test_every_move_comes_equally_often_and_half_of_the_pictures_stay():
    shape, count = (7, 7, 1), 40_000
    X = np.zeros((count, 49), np.float32)
    X[:, 24] = 1  # the middle
    augmentation = Augmentation(shape, 1, (), np.zeros(49), np.ones(49))
    Augmenter(augmentation, count, X.dtype)(X, np.random.default_rng(2))
    found = np.bincount(X.argmax(axis=1), minlength=49).reshape(7, 7)[2:5, 2:5]
    expected = np.full((3, 3), count / 18)
    expected[1, 1] += count / 2
    assert found.sum() == count
    assert ((found - expected) ** 2 / expected).sum() < 26.1  # chi-squared, 8 degrees of freedom, p = 0.001


def test_every_way_of_mirroring_comes_equally_often():
    corner = np.zeros((20_000, 9), np.float32)
    corner[:, 0] = 1
    augmentation = Augmentation((3, 3, 1), 0, ("horizontal", "vertical"), np.zeros(9), np.ones(9))
    Augmenter(augmentation, len(corner), corner.dtype)(corner, np.random.default_rng(3))
    found = np.bincount(corner.argmax(axis=1), minlength=9)[[0, 2, 6, 8]]
    assert ((found - 5000) ** 2 / 5000).sum() < 16.3  # 3 degrees of freedom, p = 0.001


@given(st.integers(0, 3), st.integers(1, 40), st.integers(0, 2**32))
def test_a_batch_of_any_size_is_varied_and_what_stays_keeps_its_bits(shift, count, seed):
    shape = (6, 5, 1)
    raw, mean, scale = pictures(shape, count, seed)
    X = ((raw - mean) / scale).astype(np.float32)
    before = X.copy()
    Augmenter(Augmentation(shape, shift, (), mean, scale), 40, X.dtype)(X, np.random.default_rng(seed))
    stayed = np.isclose(before, X, rtol=0, atol=1e-3).all(axis=1)
    assert np.isfinite(X).all()
    assert stayed.all() or shift
    assert X[stayed].tobytes() == before[stayed].tobytes()


@pytest.fixture
def problem():
    raw, mean, scale = pictures((4, 4, 1), 150)
    X, y = (raw - mean) / scale, (raw[:, 1] + raw[:, 9] > 255).astype(int)
    examples = Examples.encode(X, y, "sigmoid", 1, np.float32)
    network = Network((16, 8, 1), ACTIVATIONS["relu"], LOSSES["sigmoid"], Penalty())
    train, dev = examples.rows(np.arange(100)), examples.rows(np.arange(100, 150))
    augmentation = Augmentation((4, 4, 1), 1, ("horizontal",), mean, scale)
    return Problem(network, train, dev, "adam", 0.01, 32, 6, (0.8,), 3, augmentation=augmentation)


def run(problem, kernels=PLAIN):
    state = start(problem, "he")
    return list(epochs(problem, state, kernels)), state


@pytest.mark.parametrize("batch_size", [32, None])
def test_training_is_the_same_again_and_after_a_stop(problem, batch_size, resumed):
    problem = replace(problem, batch_size=batch_size)
    theta = run(problem)[1].theta.tobytes()
    assert run(problem)[1].theta.tobytes() == theta
    assert resumed(problem, 3).tobytes() == theta
    assert run(replace(problem, augmentation=None))[1].theta.tobytes() != theta


@pytest.mark.parametrize("batch_size", [32, None])
def test_the_examples_stay_as_they_are(problem, batch_size):
    X = problem.train.X.copy()
    records, state = run(replace(problem, batch_size=batch_size))
    assert problem.train.X.tobytes() == X.tobytes()
    without = problem.network.loss.error(problem.network.logits(state.theta, X), problem.train.Y).mean()
    assert records[-1].train_error == pytest.approx(without)


def test_nothing_that_is_asked_for_moves_no_bit(problem):
    nothing = replace(problem, augmentation=replace(problem.augmentation, shift=0, flip=()))
    assert run(nothing)[1].theta.tobytes() == run(replace(problem, augmentation=None))[1].theta.tobytes()


@pytest.mark.skipif(not has_numba(), reason="Numba is not installed")
def test_compiled_kernels_train_the_same(problem):
    from dlrecipe.training.compiled import COMPILED  # noqa: PLC0415  # without the extra there is none

    np.testing.assert_allclose(run(problem, COMPILED)[1].theta, run(problem)[1].theta, rtol=1e-4, atol=1e-5)


class InMemory:
    """Inputs that are read as those on disk are."""

    def __init__(self, X):
        self.X, self.shape = X, X.shape

    def read(self, at, X):
        X[:] = self.X[at]


def test_pictures_on_disk_are_varied_as_they_are_read(problem):
    y = problem.train.Y[:, 0].astype(int)
    streamed = Streamed(InMemory(problem.train.X), y, "sigmoid", 1, np.dtype(np.float32))
    varied, plain = (replace(problem, train=streamed, augmentation=a) for a in (problem.augmentation, None))
    assert run(varied)[1].theta.tobytes() == run(varied)[1].theta.tobytes()
    assert run(varied)[1].theta.tobytes() != run(plain)[1].theta.tobytes()


def test_bytes_are_varied_to_the_bits_of_floats(problem):
    y = problem.train.Y[:, 0].astype(int)
    packed = Packed.encode(InMemory(problem.train.X), y, "sigmoid", 1, np.float32)
    varied = run(replace(problem, train=packed))[1].theta
    assert varied.tobytes() == run(problem)[1].theta.tobytes()
