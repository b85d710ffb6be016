"""The dev set of a finished run, example by example; what was planted must be found."""

import dataclasses
import struct

import numpy as np
import pytest

import dlrecipe
from dlrecipe.config import dump_config
from dlrecipe.experiments import gather
from dlrecipe.experiments.dev import open_dev
from dlrecipe.experiments.layers import Activity, layer_states
from dlrecipe.experiments.pictures import image_shape
from dlrecipe.runs import Purpose, RunFolder, create_study, origin_text, seal, write_model, write_result


def train(folder, data, runs="runs", **overrides):
    file = folder / "a.yaml"
    file.write_text(f"data: {data}\nnetwork: {{layers: [12]}}\ntraining: {{epochs: 12}}\n")
    config = dlrecipe.load_config(file, {k.replace("__", "."): v for k, v in overrides.items()})
    return dlrecipe.train(config, folder / runs)


def examined(run):
    [found] = gather([run.folder]).runs
    assert found.absent == ""
    return found.examination


@pytest.fixture(scope="module")
def digits(tmp_path_factory):
    return train(tmp_path_factory.mktemp("digits"), "{source: digits}")


def test_the_confusion_is_of_the_dev_set_and_has_its_error(digits):
    found = examined(digits)
    confusion = np.array(found.classes.confusion)
    assert found.examples == found.of == confusion.sum() == digits.result.dev.examples
    assert 1 - np.trace(confusion) / confusion.sum() == pytest.approx(digits.result.dev.error)
    assert [c.examples for c in found.classes.errors] == confusion.sum(axis=1).tolist()
    assert sum(c.wrong for c in found.classes.errors) == confusion.sum() - np.trace(confusion)
    assert sum(b.examples for b in found.classes.bins) == found.examples


def test_the_worst_mistakes_are_wrong_and_the_surest_come_first(digits):
    mistakes = examined(digits).mistakes
    assert mistakes
    assert all(mistake.truth != mistake.answer for mistake in mistakes)
    sure = [mistake.confidence for mistake in mistakes]
    assert sure == sorted(sure, reverse=True)


def test_a_mistake_is_the_row_of_the_file_that_it_says(digits):
    datasets = pytest.importorskip("sklearn.datasets")
    images, labels = datasets.load_digits(return_X_y=True)
    for mistake in examined(digits).mistakes:
        assert mistake.truth == str(labels[mistake.row])
        pixels = np.frombuffer(mistake.picture.pixels, np.uint8)
        assert np.allclose(pixels, images[mistake.row] * 255 / 16, atol=2)


def test_each_dev_examples_error_adds_up_to_the_runs(digits, tmp_path):
    assert open_dev(digits).errors.mean() == pytest.approx(digits.result.dev.error)
    ridge = train(tmp_path, "{source: diabetes}")
    assert open_dev(ridge).errors.mean() == pytest.approx(ridge.result.dev.error, rel=1e-5)


def test_images_of_an_idx_file_are_pictures(tmp_path):
    rng = np.random.default_rng(0)
    images = rng.integers(0, 255, (300, 6, 5), dtype=np.uint8)
    labels = (images[:, 2, 2] > 120).astype(np.uint8)
    for name, array in (("t-images-idx3-ubyte", images), ("t-labels-idx1-ubyte", labels)):
        header = struct.pack(">HBB", 0, 8, array.ndim) + struct.pack(f">{array.ndim}I", *array.shape)
        (tmp_path / name).write_bytes(header + array.tobytes())
    run = train(tmp_path, "{source: t-images-idx3-ubyte}")
    assert image_shape(open_dev(run).dataset) == (6, 5, 1)
    picture = examined(run).mistakes[0].picture
    assert (picture.width, picture.height, len(picture.pixels)) == (5, 6, 30)


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """A table in which one city's labels are coin flips, and nothing else is wrong."""
    folder = tmp_path_factory.mktemp("shop")
    rng = np.random.default_rng(0)
    city, size = rng.choice(["Aachen", "Bonn", "Celle", "Dresden"], 2000), rng.normal(size=2000)
    sold = np.where(city == "Celle", rng.random(2000) < 0.5, size > 0)
    rows = "".join(f"{c},{s:.4f},{t}\n" for c, s, t in zip(city, size, sold, strict=True))
    (folder / "shop.csv").write_text("city,size,sold\n" + rows)
    return train(folder, "{source: shop.csv, target: sold}", training__learning_rate=0.01)


def test_a_planted_slice_stands_out_and_its_neighbours_do_not(shop):
    found = examined(shop)
    assert {s.column for s in found.slices} == {"city", "size"}
    assert found.slices[0].column == "city"
    celle = next(s for s in found.slices if s.value == "Celle")
    assert celle.p < 1e-6
    assert celle.error > 0.3
    assert found.looks == 4 + 4
    assert [s.value for s in found.slices if s.p < 0.001 and s.error > 0.3] == ["Celle"]
    assert sum(s.examples for s in found.slices if s.column == "size") == found.examples


def test_pure_chance_rarely_stands_out(tmp_path):
    """Twenty columns of noise, labels of noise: the correction keeps the eighty slices quiet."""
    rng = np.random.default_rng(2)
    np.savez(tmp_path / "noise.npz", X=rng.normal(size=(1500, 20)), y=rng.integers(0, 2, 1500))
    found = examined(train(tmp_path, "{source: noise.npz}"))
    assert found.looks == 80
    assert min(s.p for s in found.slices) > 0.05


def test_a_regression_has_residuals_in_the_targets_units(tmp_path):
    found = examined(train(tmp_path, "{source: diabetes}", training__optimizer="lbfgs"))
    assert found.classes is None
    predicted, target = np.array(found.residuals.points).T
    assert 25 <= target.min() < target.max() <= 346
    assert found.residuals.typical == pytest.approx(np.sqrt(np.mean((target - predicted) ** 2)))
    first = found.mistakes[0]
    assert abs(float(first.truth) - float(first.answer)) == pytest.approx(
        np.abs(target - predicted).max(), rel=1e-3
    )


def test_units_that_were_killed_are_dead(digits):
    model = open_dev(digits).model
    theta = model.theta.copy()
    theta[model.network.layout.blocks["b1"]][:5] = -1e4
    theta[model.network.layout.blocks["W2"]][:3] = 0
    dev = dataclasses.replace(open_dev(digits), model=dataclasses.replace(model, theta=theta))
    activity = Activity(dev.model)
    for _, hidden, _ in dev.passes(np.arange(len(dev))):
        activity.add(hidden)
    first, second = layer_states(dev.model, activity)
    assert first.dead == 5
    assert first.saturated is None
    assert (second.dead, second.zeros) == (None, 3 / (12 * 10))
    assert first.weight_norm == pytest.approx(np.linalg.norm(theta[model.network.layout.blocks["W1"]]))


def test_units_in_the_flat_ends_are_saturated(tmp_path):
    calm = examined(train(tmp_path, "{source: digits}", network__activation="tanh")).layers[0]
    wild = train(tmp_path, "{source: digits}", network__activation="tanh", network__init=5.0)
    assert calm.saturated < 0.5 < examined(wild).layers[0].saturated
    assert calm.dead is None


def test_data_that_changed_leave_the_sections_out_and_say_why(tmp_path):
    np.savez(tmp_path / "a.npz", X=np.eye(40), y=np.arange(40) % 2)
    run = train(tmp_path, "{source: a.npz}")
    np.savez(tmp_path / "a.npz", X=2 * np.eye(40), y=np.arange(40) % 2)
    [found] = gather([run.folder]).runs
    assert found.examination is None
    assert "is not what it was" in found.absent
    (tmp_path / "a.npz").unlink()
    [found] = gather([run.folder]).runs
    assert "a.npz" in found.absent


def test_a_model_that_ran_away_leaves_the_sections_out(tmp_path):
    run = train(tmp_path, "{source: digits}")
    theta = run.model.theta.copy()
    theta[:] = 3e38
    folder = RunFolder(run.folder)
    write_model(folder.model, dataclasses.replace(run.model, theta=theta))
    write_result(folder.result, dataclasses.replace(run.result, files=seal(folder)))
    [found] = gather([run.folder]).runs
    assert found.examination is None
    assert "not finite" in found.absent


def test_the_config_is_compared_with_its_studys_where_there_is_one(tmp_path):
    run = train(tmp_path, "{source: digits}", training__lambda=0.5)
    assert [c.key for c in gather([run.folder]).runs[0].changes] == ["training.epochs", "training.lambda"]
    config = dlrecipe.load_config(tmp_path / "a.yaml")
    study, lock = create_study(run.folder.parent, "a", Purpose("sweep", {}), dump_config(config))
    lock.release()
    origin = RunFolder(run.folder).origin
    origin.write_text(origin_text(study.origin(3)))
    [found] = gather([run.folder]).runs
    assert found.base == study.folder.path.name
    assert [(c.key, c.base, c.value) for c in found.changes] == [("training.lambda", 0.0, 0.5)]
    assert found.origin == {"study": study.folder.path.name, "trial": 3}
    (tmp_path / "config.yaml").write_text("data: {source: diabetes}\nnetwork: {layers: []}\n")
    for other in ("[1]", "{", '{"study": "gone-0009", "trial": 1}', '{"study": "..", "trial": 1}'):
        origin.write_text(other)
        assert gather([run.folder]).runs[0].base == "the defaults"
