"""Augmentation from the config on: which pictures it takes, what it leaves alone, what it is worth."""

import struct

import numpy as np
import pytest
import scipy.stats

import dlrecipe
from dlrecipe.config import dump_config
from dlrecipe.errors import ConfigError, RunError
from dlrecipe.experiments.listing import list_runs
from dlrecipe.experiments.prepare import prepare
from dlrecipe.runs import RunFolder
from dlrecipe.training import epochs, start

SMALL = "network: {layers: [8]}\ntraining: {epochs: 3, batch_size: 32}\n"


@pytest.fixture
def load(tmp_path):
    """Load a config of these data, with some of it changed."""

    def load(data="{source: digits}", **overrides):
        file = tmp_path / "pictures.yaml"
        file.write_text(f"data: {data}\n{SMALL}")
        return dlrecipe.load_config(file, {key.replace("__", "."): value for key, value in overrides.items()})

    return load


def shifted(load, data="{source: digits}", **overrides):
    return prepare(load(data, data__augment__shift=1, **overrides)).problem.augmentation


def write_idx(path, array):
    header = struct.pack(">HBB", 0, 8, array.ndim) + struct.pack(f">{array.ndim}I", *array.shape)
    path.write_bytes(header + array.tobytes())


@pytest.fixture
def arrays(tmp_path):
    """Pictures of a shape, with two classes, in a .npz file."""

    def write(*shape):
        rng = np.random.default_rng(0)
        X = rng.integers(0, 255, (90, *shape), dtype=np.uint8)
        np.savez(tmp_path / "pictures.npz", X=X, y=X.reshape(90, -1)[:, 0] > 100)
        return "{source: pictures.npz}"

    return write


def test_idx_images_have_their_shape_in_the_file(load, tmp_path):
    images = np.random.default_rng(0).integers(0, 255, (120, 6, 5), dtype=np.uint8)
    write_idx(tmp_path / "t-images-idx3-ubyte", images)
    write_idx(tmp_path / "t-labels-idx1-ubyte", (images[:, 2, 2] > 120).astype(np.uint8))
    found = shifted(load, "{source: t-images-idx3-ubyte}")
    assert (found.shape, found.shift, found.flip) == ((6, 5, 1), 1, ())


@pytest.mark.parametrize(
    ("shape", "expected"), [((6, 5), (6, 5, 1)), ((6, 5, 3), (6, 5, 3)), ((6, 5, 1), (6, 5, 1))]
)
def test_so_have_arrays(load, arrays, shape, expected):
    assert shifted(load, arrays(*shape)).shape == expected


def test_the_bundled_digits_have_it_in_their_names_and_rows_of_pixels_are_told(load, arrays):
    assert shifted(load).shape == (8, 8, 1)
    assert shifted(load, arrays(60), data__augment__image=[4, 5, 3]).shape == (4, 5, 3)
    assert prepare(load(arrays(60), data__augment__image=[4, 15], data__augment__shift=1)).settings.image == (
        *(4, 15, 1),
    )


@pytest.mark.parametrize(
    ("data", "overrides", "message"),
    [
        ("{source: breast-cancer}", {}, r"nothing says that the 30 inputs .*data\.augment\.image"),
        ("{source: digits, drop: [pixel_0_0]}", {}, "nothing says that the 63 inputs"),
        ("{source: digits}", {"data__augment__image": [8, 9]}, r"pictures of 8 × 8 pixels\. Got \[8, 9\]"),
        ("{source: breast-cancer}", {"data__augment__image": [8, 9]}, r"30 inputs\. Got \[8, 9\]"),
        ("{source: digits}", {"data__augment__shift": 8}, r"shift must be less .* 8 × 8 pixels\. Got 8"),
        ((3, 6, 5), {}, r"channels last.*np\.moveaxis"),
        ((6, 5), {"data__augment__image": [3, 10]}, r"pictures of 6 × 5 pixels\. Got \[3, 10\]"),
        ((6, 5, 7), {}, "nothing says that the 210 inputs"),
    ],
)
def test_what_is_no_picture_is_refused_with_the_reason(load, arrays, data, overrides, message):
    data = arrays(*data) if isinstance(data, tuple) else data
    with pytest.raises(ConfigError, match=message):
        prepare(load(data, **{"data__augment__shift": 1, **overrides}))


def test_tables_with_texts_are_refused(load, tmp_path):
    rows = "".join(f"{'ab'[i % 2]},{i},{i % 2}\n" for i in range(60))
    (tmp_path / "shop.csv").write_text("city,pixel_0_0,label\n" + rows)
    with pytest.raises(ConfigError, match="has texts, dates"):
        shifted(load, "{source: shop.csv}", data__augment__image=[2, 2])


def test_unless_it_is_asked_for_nothing_changes(load, tmp_path):
    plain, off = load(), load(data__augment__shift=0, data__augment__flip="none")
    assert "augment" not in dump_config(plain)
    assert prepare(off).problem.augmentation is None
    runs = [dlrecipe.train(config, tmp_path / "runs") for config in (plain, off)]
    one, other = (run.model.theta.tobytes() for run in runs)
    assert one == other
    assert runs[0].result.notes == runs[1].result.notes


def test_only_training_steps_see_moved_pictures(load):
    plain, moved = prepare(load()), prepare(load(data__augment={"shift": 2, "flip": "horizontal"}))
    assert moved.fingerprint == plain.fingerprint
    assert moved.problem.train.X.tobytes() == plain.problem.train.X.tobytes()
    assert moved.dataset.encoder.mean.tobytes() == plain.dataset.encoder.mean.tobytes()
    assert (moved.settings.image, moved.settings.shift, moved.settings.flip) == (
        (8, 8, 1),
        2,
        ("horizontal",),
    )


def test_a_run_says_that_it_had_moved_pictures(load, tmp_path):
    run = dlrecipe.train(load(data__augment={"shift": 2, "flip": "horizontal"}), tmp_path / "runs")
    text = RunFolder(run.folder).config.read_text()
    assert "augment:\n    shift: 2\n    flip: horizontal\n" in text
    assert any("moved by up to 2 px and mirrored (horizontal)" in note for note in run.result.notes)
    dlrecipe.train(load(), tmp_path / "runs")
    varied, plain = list_runs(tmp_path / "runs").runs
    assert varied.settings == {"data.augment.shift": 2, "data.augment.flip": ("horizontal",)}
    assert plain.settings == {}


def test_a_run_cannot_be_resumed_with_other_pictures(load, tmp_path):
    run = dlrecipe.train(load(), tmp_path / "runs")
    config = RunFolder(run.folder).config
    config.write_text(
        config.read_text().replace("  stream: auto\n", "  stream: auto\n  augment: {shift: 1}\n")
    )
    with pytest.raises(RunError, match=r"data\.augment\.shift: null -> 1"):
        dlrecipe.resume(run.folder, overrides={"training.epochs": 5})


def placed_digits(folder, side):
    """The bundled digits, each at a chance place in a larger picture, as IDX files."""
    (folder / "digits.yaml").write_text(f"data: {{source: digits, normalize: false}}\n{SMALL}")
    whole = prepare(dlrecipe.load_config(folder / "digits.yaml")).dataset
    parts = (whole.train, whole.dev, whole.test)
    pixels = np.concatenate([part.X for part in parts]).astype(np.uint8).reshape(-1, 8, 8)
    frames = np.zeros((len(pixels), side, side), np.uint8)
    corners = np.random.default_rng(0).integers(0, side - 7, (len(pixels), 2))
    for frame, digit, (top, left) in zip(frames, pixels, corners, strict=True):
        frame[top : top + 8, left : left + 8] = digit
    labels = np.concatenate([part.y for part in parts]).astype(np.uint8)
    write_idx(folder / "placed-images-idx3-ubyte", frames)
    write_idx(folder / "placed-labels-idx1-ubyte", labels)


def gain(load, data, seeds, **overrides):
    """The 95 % interval of what moved pictures take off the dev error: pairs of trainings, a pair a seed."""
    found = []
    for seed in range(seeds):
        errors = []
        for shift in (0, 1):
            config = load(data, seed=seed, data__augment__shift=shift, training__patience=None, **overrides)
            problem = prepare(config).problem
            *_, last = epochs(problem, start(problem, "he"))
            errors.append(last.dev_error)
        found.append(errors[0] - errors[1])
    return scipy.stats.t.interval(0.95, seeds - 1, np.mean(found), scipy.stats.sem(found))


@pytest.mark.slow
def test_moved_pictures_lower_the_dev_error_where_digits_lie_at_chance_places(load, tmp_path):
    placed_digits(tmp_path, 12)
    settings = {"data__train_examples": 300, "network__layers": [128], "training__epochs": 100}
    low, high = gain(load, "{source: placed-images-idx3-ubyte}", 6, **settings)
    assert low > 0.1, (low, high)


@pytest.mark.slow
def test_of_few_digits_as_they_are_moved_ones_lower_it_too(load):
    settings = {"data__train_examples": 60, "network__layers": [128], "training__epochs": 300}
    low, high = gain(load, "{source: digits}", 16, **settings)
    assert low > 0, (low, high)
