"""Faults planted in real tables, found from the command line; and healthy data, in which none is found."""

import csv
import json
import shlex
from pathlib import Path

import numpy as np
import pytest

from dlrecipe.cli.app import run
from dlrecipe.data import Plan, load

CONFIGS = Path(__file__).parents[2] / "configs"


@pytest.fixture
def check(tmp_path, monkeypatch, capsys):
    """Write tables and a config, and return what `check --json` prints and its status."""
    monkeypatch.chdir(tmp_path)

    def carry_out(tables, data="", network="{layers: [8]}", options=""):
        for name, columns in tables.items():
            with (tmp_path / f"{name}.csv").open("w", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(columns)
                writer.writerows(zip(*columns.values(), strict=True))
        Path("c.yaml").write_text(f"data: {{source: train.csv, target: y{data}}}\nnetwork: {network}\n")
        capsys.readouterr()
        status = run(shlex.split(f"check c.yaml --json {options}"))
        return status, json.loads(capsys.readouterr().out)

    return carry_out


def bundled(name):
    """The columns of a bundled set, in their own units, the target as `y`."""
    dataset = load(Plan(source=name, normalize=False), np.random.default_rng(0))
    parts = [dataset.train, dataset.dev, dataset.test]
    X = np.vstack([part.X for part in parts]).astype(float)
    y = np.concatenate([part.y for part in parts])
    return {str(column): X[:, at] for at, column in enumerate(dataset.encoder.columns)} | {"y": y}


@pytest.fixture(scope="module")
def cancer():
    return bundled("breast-cancer")


@pytest.fixture(scope="module")
def diabetes():
    return bundled("diabetes")


def rows(columns, which):
    return {name: np.asarray(values)[which] for name, values in columns.items()}


def found(document, level="problem"):
    return {finding["id"] for finding in document["findings"] if finding["level"] == level}


def one(document, name):
    return next(finding for finding in document["findings"] if finding["id"] == name)


def noisy(values, share, seed=0):
    values = np.asarray(values, float)
    return values + np.random.default_rng(seed).normal(0, share * values.std(), len(values))


COLUMNS = {
    "the target as a text": ("target_leak", lambda y: np.where(y > 0, "benign", "malignant")),
    "the target in other numbers": ("target_leak", lambda y: 3.5 - y),
    "the target with noise": ("target_leak", lambda y: noisy(y, 0.1)),
    "the target, wrong in one row of 200": (
        "target_leak",
        lambda y: np.where(np.arange(len(y)) % 200, y, 1 - y),
    ),
    "a number for each row": ("id_column", lambda y: np.arange(len(y)) + 5000),
    "shuffled numbers": ("id_column", lambda y: np.random.default_rng(0).permutation(len(y))),
    "a name for each row": ("id_column", lambda y: [f"P-{i:04d}" for i in range(len(y))]),
    "sentences": ("free_text", lambda y: [f"seen on day {i} by doctor {i % 7}" for i in range(len(y))]),
    "dates": ("free_text", lambda y: [f"2020-01-{i % 28 + 1:02d}T{i}" for i in range(len(y))]),
    "a stand-in for missing cells": (
        "stand_in_values",
        lambda y: np.where(np.arange(len(y)) % 10, noisy(y, 1), -999),
    ),
}


@pytest.mark.parametrize("planted", COLUMNS)
def test_a_column_that_is_no_input_is_named(check, cancer, planted):
    expected, make = COLUMNS[planted]
    status, document = check({"train": {**cancer, "extra": make(cancer["y"])}})
    assert status == 1
    assert document["passed"] is False
    assert found(document) == {expected}
    finding = one(document, expected)
    assert "extra" in finding["title"]
    assert "extra" in finding["fix"]


@pytest.mark.parametrize(
    "make", [lambda y: 2.5 * y + 3, np.arcsinh, lambda y: noisy(y, 0.05)], ids=["scaled", "log", "noise"]
)
def test_a_regressions_leak_is_found(check, diabetes, make):
    status, document = check({"train": {**diabetes, "extra": make(diabetes["y"])}})
    assert (status, found(document)) == (1, {"target_leak"})


GAPS = {
    "a copy": (lambda i, y: "" if i % 9 == 0 else ("ill", "well")[y], "filled cells"),
    "a date only one class has": (lambda i, y: f"2024-{1 + i % 12:02}-{1 + i % 28:02}" if y else "", "empty"),
}


@pytest.mark.parametrize("planted", GAPS)
def test_a_leak_with_gaps_is_found(check, cancer, planted):
    make, because = GAPS[planted]
    extra = [make(i, int(label)) for i, label in enumerate(cancer["y"])]
    status, document = check({"train": {**cancer, "extra": extra}}, ", missing: median")
    assert (status, found(document)) == (1, {"target_leak"})
    assert because in one(document, "target_leak")["because"]


@pytest.mark.parametrize("seed", range(5))
def test_gaps_without_a_meaning_are_no_leak(check, cancer, seed):
    gaps = np.random.default_rng(seed).random(len(cancer["y"])) < 0.4
    extra = [
        "" if gap else f"{value:.4f}" for gap, value in zip(gaps, noisy(cancer["y"], 1, seed), strict=True)
    ]
    status, document = check({"train": {**cancer, "extra": extra}}, ", missing: median")
    assert (status, found(document)) == (0, set())


@pytest.mark.parametrize(("first", "second"), [(0.0, 0.05), (0.05, 0.1)])
def test_two_leaks_do_not_excuse_each_other(check, cancer, first, second):
    extra = {"one": noisy(cancer["y"], first), "two": noisy(cancer["y"], second, 1)}
    _, document = check({"train": {**cancer, **extra}})
    leaks = [finding["title"] for finding in document["findings"] if finding["id"] == "target_leak"]
    assert [name for name in ("one", "two") if any(f"`{name}`" in title for title in leaks)] == ["one", "two"]


def test_dev_rows_that_train_has_are_counted(check, cancer):
    train, dev = rows(cancer, slice(0, 400)), rows(cancer, np.r_[400:569, 0:20])
    status, document = check({"train": train, "dev": dev}, ", dev: dev.csv")
    assert (status, found(document)) == (1, {"duplicates_across_parts"})
    assert "20 rows of dev" in one(document, "duplicates_across_parts")["title"]


def test_rows_repeated_before_the_split_are_found(check, cancer):
    status, document = check({"train": rows(cancer, np.r_[0:569, 0:200])})
    assert (status, found(document)) == (1, {"duplicates_across_parts"})
    assert "duplicates" in found(document, "warning")


@pytest.mark.parametrize(
    "change", [lambda x: x + x.std(), lambda x: x * 1000], ids=["shifted", "in other units"]
)
def test_another_dev_distribution_is_a_problem_unless_train_dev_measures_it(check, cancer, change):
    train, dev = rows(cancer, slice(0, 350)), rows(cancer, slice(350, 569))
    name = next(iter(dev))
    dev[name] = change(dev[name])
    status, document = check({"train": train, "dev": dev}, ", dev: dev.csv")
    assert (status, found(document)) == (1, {"shift"})
    assert name in one(document, "shift")["because"]
    assert one(document, "shift")["fix"] == "data.train_dev: 0.05"
    status, document = check({"train": train, "dev": dev}, ", dev: dev.csv, train_dev: 0.1")
    assert (status, found(document)) == (0, set())
    assert "shift" in found(document, "warning")


def test_groups_that_two_files_share_are_named(check, diabetes):
    patients = {**diabetes, "patient": np.arange(442) // 4}
    tables = {"train": rows(patients, slice(0, 302)), "dev": rows(patients, slice(300, 442))}
    status, document = check(tables, ", dev: dev.csv, group: patient")
    assert (status, found(document)) == (1, {"group_overlap"})


def test_a_group_that_no_one_named_is_suggested(check, diabetes):
    alike = np.repeat(np.random.default_rng(0).normal(150, 70, 111), 4)[:442]
    table = {**diabetes, "patient_id": np.arange(442) // 4, "y": noisy(alike, 0.1)}
    status, document = check({"train": table})
    assert status == 1
    assert one(document, "group_overlap")["fix"] == "data.group: patient_id"
    _, document = check({"train": table}, ", group: patient_id")
    assert "group_overlap" not in found(document)


def test_missing_cells_that_training_refuses_do_not_stop_the_other_looks(check, cancer):
    holes = {name: [str(value) for value in values] for name, values in cancer.items()}
    name = next(iter(holes))
    holes[name][3:40] = [""] * 37
    status, document = check({"train": {**holes, "extra": cancer["y"] * 2}})
    assert (status, found(document)) == (1, {"missing_cells", "target_leak"})
    assert one(document, "missing_cells")["fix"] == "data.missing: median"
    assert "37 cells" in one(document, "missing_cells")["because"]
    assert {"shift", "small_batch"} <= found(document, "info")
    status, document = check({"train": holes}, ", missing: mean")
    assert (status, found(document)) == (0, set())


def test_more_texts_than_training_takes_are_named(check, cancer):
    many = rows(cancer, np.tile(np.arange(569), 3))
    many = {name: noisy(values, 0.001) if name != "y" else values for name, values in many.items()}
    status, document = check({"train": {**many, "extra": [f"n{i}" for i in range(3 * 569)]}})
    assert status == 1
    assert "extra" in one(document, "id_column")["title"]


def test_unscaled_inputs_are_a_problem_only_where_nothing_scales_them(check, cancer):
    status, document = check({"train": cancer}, ", normalize: false")
    assert status == 1
    assert one(document, "unscaled_inputs")["fix"] == "data.normalize: true"
    assert check({"train": cancer})[0] == 0


def test_weaker_signs_are_warnings(check, cancer):
    rare = np.where(np.arange(569) < 6, 2, cancer["y"])
    status, document = check({"train": {**cancer, "still": np.full(569, 3.0), "y": rare}})
    assert status == 0
    assert {"constant_columns", "rare_classes", "rare_classes_in_dev"} <= found(document, "warning")
    assert "still" in one(document, "constant_columns")["because"]


def test_one_sided_classes_and_another_mix_are_warnings(check, cancer):
    order = np.argsort(-cancer["y"], kind="stable")  # 212 malignant ones, then 357 benign ones
    tables = {"train": rows(cancer, order[200:]), "dev": rows(cancer, order[:200])}
    _, document = check(tables, ", dev: dev.csv")
    assert {"class_imbalance", "class_mix"} <= found(document, "warning")


@pytest.mark.parametrize(
    ("network", "expected"),
    [("{layers: [8], init: zeros}", "small_batch"), ("{layers: [8], init: 9}", "initial_loss")],
)
def test_a_network_that_cannot_begin_is_a_problem(check, cancer, network, expected):
    status, document = check({"train": cancer}, network=network)
    assert status == 1
    assert expected in found(document)


@pytest.mark.parametrize("config", sorted(CONFIGS.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_example_configs_pass(config, capsys):
    assert run(["check", str(config)]) == 0
    out = capsys.readouterr().out
    assert "Passed: no problem" in out
    assert "Problems" not in out


def synthetic(name):
    datasets = pytest.importorskip("sklearn.datasets")
    makers = {
        "iris": lambda: datasets.load_iris(return_X_y=True),
        "one iris": lambda: (datasets.load_iris().data, datasets.load_iris().target == 0),
        "wine": lambda: datasets.load_wine(return_X_y=True),
        "blobs": lambda: datasets.make_blobs(300, 2, centers=2, random_state=1),
        "moons": lambda: datasets.make_moons(300, noise=0.1, random_state=0),
        "regression": lambda: datasets.make_regression(300, 6, noise=5, random_state=0),
        "friedman": lambda: datasets.make_friedman1(300, noise=1, random_state=0),
    }
    return makers[name]()


@pytest.mark.parametrize("name", ["iris", "one iris", "wine", "blobs", "moons", "regression", "friedman"])
def test_healthy_tables_pass(check, name):
    X, y = synthetic(name)
    columns = {f"x{at}": column for at, column in enumerate(X.T)} | {
        "y": y.astype(float if y.dtype.kind == "f" else int)
    }
    status, document = check({"train": columns})
    assert (status, found(document)) == (0, set())


@pytest.mark.parametrize("n", [60, 200, 1000])
@pytest.mark.parametrize("seed", range(3))
def test_a_strong_honest_column_is_no_leak(check, n, seed):
    rng = np.random.default_rng(seed)
    y = rng.integers(0, 2, n)
    strong = np.where(rng.random(n) < 0.95, y, 1 - y)
    _, document = check({"train": {"strong": strong, "weak": rng.normal(size=n) + y / 4, "y": y}})
    assert "target_leak" not in found(document)


def test_references_stand_beside_the_human_error(check, diabetes):
    pytest.importorskip("sklearn")
    status, document = check({"train": diabetes}, network="{layers: []}", options="--references")
    assert status == 0
    names = {"reference_linear_model", "reference_nearest_neighbours", "reference_gradient_boosting"}
    assert names <= found(document, "info")
    attainable = document["attainable"]
    assert attainable["interval"][0] < attainable["error"] < attainable["interval"][1]
    assert one(document, "attainable")["level"] == "warning"
    assert one(document, "attainable")["fix"].startswith("recipe.human_error: 0.")
    _, document = check({"train": diabetes}, options="--references -S recipe.human_error=0.45")
    assert one(document, "attainable")["level"] == "info"
    _, document = check({"train": diabetes}, options="--references -S recipe.human_error=0.95")
    assert "overlooked" in one(document, "attainable")["because"]


def test_references_without_scikit_learn_are_refused(check, cancer, monkeypatch):
    monkeypatch.setattr("dlrecipe.experiments.references.find_spec", lambda _: None)
    status, document = check({"train": cancer}, options="--references")
    assert status == 2
    assert 'pip install "dlrecipe[sklearn]"' in document["error"]["messages"][0]


def test_what_cannot_be_read_is_refused(check, cancer):
    status, document = check({"train": cancer}, options="-S data.source=absent.csv")
    assert (status, document["error"]["kind"]) == (2, "data")
    status, document = check({"train": {**cancer, "y": np.zeros(569, int)}})
    assert (status, document["error"]["kind"]) == (2, "data")
