import re
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dlrecipe.config import json_schema, load_config
from dlrecipe.errors import DataError
from dlrecipe.experiments.starter import _yaml, starter_config
from dlrecipe.experiments.training import train

COMMENTED = re.compile(r"^( *)# ((?:\w+): \S.*?)(?=\s+#)", re.MULTILINE)


def _load(text, folder):
    (folder / "mine.yaml").write_text(text)
    return load_config(folder / "mine.yaml")


def _keys(section):
    schema = json_schema()
    properties = (
        schema["properties"] if section is None else schema["$defs"][section.capitalize()]["properties"]
    )
    return set(properties)


@pytest.fixture
def table(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rows = [f"{i % 7},{i % 5},{i % 2}" for i in range(60)]
    Path("table.csv").write_text("\n".join(["a,b,label", *rows]))
    return rows


def test_every_key_is_there_with_a_comment(tmp_path):
    text = starter_config(None, None, tmp_path)
    explained = re.findall(r"^ *(?:# )?(\w+): .*?\s# \S", text, re.MULTILINE)
    sections = {"data", "network", "training", "recipe"}
    keys = [_keys(None) - sections, *map(_keys, sections)]
    assert sorted(explained) == sorted(key for section in keys for key in section)


def test_what_is_written_out_is_the_default_unless_it_was_chosen(tmp_path):
    written = _load(starter_config(None, None, tmp_path), tmp_path)
    (tmp_path / "bare.yaml").write_text("name: mine\ndata: {source: digits}\nnetwork: {layers: []}\n")
    default = load_config(tmp_path / "bare.yaml")
    chosen = {
        "data": {"task"},
        "network": {"layers"},
        "training": {"lambd", "batch_size"},
        "recipe": set(),
    }
    assert written.seed == default.seed
    for section, keys in chosen.items():
        ours, theirs = (getattr(config, section).model_dump(exclude=keys) for config in (written, default))
        assert ours == theirs


def test_the_examples_in_comments_are_allowed(tmp_path):
    text = starter_config(None, None, tmp_path)
    opened = COMMENTED.sub(r"\1\2", text)
    assert opened.count("\n") == text.count("\n")
    assert opened != text
    config = _load(opened, tmp_path)
    assert (config.name, config.data.group, config.data.train_dev) == ("my-model", "patient", 0.05)


@pytest.mark.usefixtures("table")
def test_the_file_decides_the_task(tmp_path):
    assert _load(starter_config("table.csv", None, Path()), tmp_path).data.task == "classification"
    assert _load(starter_config("diabetes", None, Path()), tmp_path).data.task == "regression"


def test_few_examples_get_small_batches_and_many_a_wider_network(tmp_path):
    rng = np.random.default_rng(0)
    for m, layers, batch_size in ((100, (64, 32), 16), (30_000, (128, 64), 64)):
        X = rng.normal(size=(m, 3)).astype(np.float32)
        np.savez(tmp_path / "arrays.npz", X=X, y=(X[:, 0] > 0).astype(int))
        config = _load(starter_config(str(tmp_path / "arrays.npz"), None, tmp_path), tmp_path)
        assert (config.network.layers, config.training.batch_size) == (layers, batch_size)


def test_a_handful_of_examples_gets_more_passes(tmp_path):
    for m, epochs in ((200, 300), (400, 100)):  # of which 60 % are for training
        np.savez(tmp_path / "arrays.npz", X=np.arange(2.0 * m).reshape(m, 2), y=np.arange(m) % 2)
        config = _load(starter_config(str(tmp_path / "arrays.npz"), None, tmp_path), tmp_path)
        assert config.training.epochs == epochs


@pytest.mark.parametrize(("rare", "told"), [(12, True), (80, False)])
def test_a_rare_class_is_named_with_the_keys_that_weigh_it(tmp_path, rare, told):
    y = np.where(np.arange(400) < rare, "fraud", "fine")
    np.savez(tmp_path / "arrays.npz", X=np.random.default_rng(0).normal(size=(400, 2)), y=y)
    text = starter_config(str(tmp_path / "arrays.npz"), None, tmp_path)
    assert ('# Only 2.9 % of the training examples are of the class "fraud"' in text) == told
    _load(text, tmp_path)


@pytest.mark.parametrize(("tail", "told"), [(1.5, True), (0.2, False)])
def test_a_skewed_target_is_told(tmp_path, tail, told):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(400, 2))
    np.savez(tmp_path / "arrays.npz", X=X, y=np.exp(tail * X[:, 0]))
    text = starter_config(str(tmp_path / "arrays.npz"), None, tmp_path)
    assert ("# A few targets are far above the others" in text) == told
    _load(text, tmp_path)


@pytest.mark.usefixtures("table")
def test_columns_without_cells_are_left_out_and_the_comment_says_why(table):
    Path("bare.csv").write_text(
        "\n".join(["id,void,a,b,label", *(f"{i},,{row}" for i, row in enumerate(table))])
    )
    text = starter_config("bare.csv", None, Path())
    assert "drop: [id, void]" in text
    assert "; each row has its own text or number there; hardly a cell is filled in there\n" in text


def test_columns_of_lists_and_structs_are_left_out_and_the_rest_trains(tmp_path):
    rows = range(60)
    columns = {
        "tags": [[i, i + 1] for i in rows],
        "size": [i / 10 for i in rows],
        "place": [{"x": i, "y": 2} for i in rows],
        "spent": [timedelta(minutes=i) for i in rows],
        "day": [date(2024, 1, 1) + timedelta(days=i) for i in rows],
        "kind": ["ab"[i > 30] for i in rows],
    }
    file = str(tmp_path / "nested.parquet")
    pl.DataFrame(columns).write_parquet(file)
    text = starter_config(file, "kind", tmp_path)
    assert "drop: [tags, place] " in text
    assert "; no input can be of the type List or Struct\n" in text
    config = _load(text, tmp_path)
    assert train(config, tmp_path / "runs").result.dev.error < 0.4
    with pytest.raises(DataError, match="target `tags` has the type List"):
        starter_config(file, "tags", tmp_path)


def test_empty_cells_are_filled_where_there_are_some(table, tmp_path):
    Path("holes.csv").write_text("\n".join(["a,b,label", ",3,4", *table]))
    assert _load(starter_config("holes.csv", None, Path()), tmp_path).data.missing == "median"
    assert _load(starter_config("table.csv", None, Path()), tmp_path).data.missing == "error"


@pytest.mark.usefixtures("table")
def test_bad_data_are_refused_for_what_is_wrong_in_the_first_place():
    with pytest.raises(DataError, match="absent"):
        starter_config("absent.csv", None, Path())
    with pytest.raises(DataError, match="rent"):
        starter_config("table.csv", "rent", Path())


@pytest.mark.usefixtures("table")
def test_paths_are_written_as_seen_from_the_config(tmp_path):
    folder = tmp_path / "configs"
    folder.mkdir()
    near = starter_config("table.csv", "label", folder)
    assert "source: ../table.csv" in near
    assert "target: label" in near
    assert _load(near, folder).data.source == str(folder / ".." / "table.csv")
    inside = starter_config(str(tmp_path / "table.csv"), None, tmp_path)
    assert "source: table.csv" in inside
    outside = starter_config(str(tmp_path / "table.csv"), None, folder)
    assert f"source: {tmp_path}/table.csv" in outside


def test_a_label_file_is_a_path_as_well(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rng = np.random.default_rng(0)
    np.save("X.npy", rng.normal(size=(60, 2)))
    np.save("y.npy", np.arange(60) % 2)
    folder = tmp_path / "configs"
    folder.mkdir()
    config = _load(starter_config("X.npy", "y.npy", folder), folder)
    assert Path(config.data.target).resolve() == tmp_path / "y.npy"


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=30))
def test_any_column_name_reads_back(name):
    assert yaml.safe_load(f"target: {_yaml(name)}   # comment") == {"target": name}
