"""A messy table of one's own: from `init` to predictions, and what `evaluate` says of the test set."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest

import dlrecipe
from dlrecipe.cli.app import run

HEADER = "customer;age;city;member;joined;outcome"


def messy(count=240):
    """Rows of a table as people have them, and what they mean."""
    rng = np.random.default_rng(8)
    rows = []
    for i in range(count):
        age, city, member = rng.normal(40, 9), ("Köln", "Bonn", "Ulm")[i % 3], rng.random() < 0.5
        day = np.datetime64("2022-01-01") + int(rng.integers(0, 700))
        good = (age - 40) / 9 + (1 if member else -1) + (0.5 if city == "Ulm" else 0) > 0
        written = "" if i % 10 == 4 else f"{age:.1f}".replace(".", ",")
        label = "=yes" if good else "no; never"
        rows.append(f'C{i:04};{written};{city};{"True" if member else "False"};{day};"{label}"')
    return rows


@pytest.fixture(scope="session")
def market(workshop, tmp_path_factory):
    """The workshop with `messy.csv` (a byte order mark, Windows line ends) and a run by init's config."""
    folder = tmp_path_factory.mktemp("market") / "market"
    shutil.copytree(workshop, folder)
    (folder / "messy.csv").write_bytes(("\r\n".join([HEADER, *messy()]) + "\r\n").encode("utf-8-sig"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert run(["init", "mine.yaml", "--data", "messy.csv", "--target", "outcome"]) == 0
        assert run(["train", "mine.yaml"]) == 0
    return folder


@pytest.fixture
def here(market, tmp_path, monkeypatch):
    """A copy of the market, as the working directory."""
    folder = tmp_path / "here"
    shutil.copytree(market, folder)
    monkeypatch.chdir(folder)
    return folder


def table(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_what_init_wrote_for_a_messy_table_trains_well(cli, here):
    assert "drop: [customer]" in (here / "mine.yaml").read_text()
    assert "missing_indicator: true" in (here / "mine.yaml").read_text()
    assert cli("diagnose --json").status == 0
    assert json.loads((here / "runs/mine-0002/result.json").read_text())["dev"]["error"] < 0.25


def test_every_row_gets_a_prediction_in_its_place(cli):
    found = cli("predict --data messy.csv")
    assert found.status == 0
    rows = table(found.out)
    assert len(rows) == 240
    assert set(rows[0]) == {"prediction", "probability_=yes", "probability_no; never"}
    targets = [row.rsplit('"', 2)[1] for row in messy()]
    right = [row["prediction"].removeprefix("'") == target for row, target in zip(rows, targets, strict=True)]
    evaluated = cli("evaluate --data messy.csv --json").json
    assert 1 - np.mean(right) == pytest.approx(evaluated["error"], abs=1e-12)
    for row in rows:
        yes, no = float(row["probability_=yes"]), float(row["probability_no; never"])
        assert yes + no == pytest.approx(1)
        assert (row["prediction"] == "'=yes") == (yes > no)
    assert "ignored columns that are no inputs of the model: `customer`" in found.err


def test_formats_agree_and_go_out_as_they_came_in(cli, here):
    as_json = cli("predict --data messy.csv --json").json
    assert as_json["schema"] == 1
    assert (as_json["examples"], as_json["out"], as_json["task"]) == (240, None, "classification")
    frame = pl.read_csv(here / "messy.csv", separator=";", decimal_comma=True, try_parse_dates=True)
    frame = frame.drop("outcome").with_columns(pl.col("member").cast(pl.String).str.to_lowercase() == "true")
    frame.write_parquet(here / "new.parquet")
    assert "Parquet" not in cli("predict --data new.parquet --out out.parquet").err
    other = pl.read_parquet(here / "out.parquet")
    assert other["prediction"].to_list() == as_json["predictions"]
    np.testing.assert_allclose(
        other.select(pl.exclude("prediction")).to_numpy(), as_json["probabilities"], atol=1e-6
    )
    named = cli("predict --data new.parquet --out out.tsv --json").json
    assert named["out"] == "out.tsv"
    assert (here / "out.tsv").read_text().startswith("prediction\tprobability_")
    assert cli("predict --data messy.csv --out plain").status == 0
    assert (here / "plain").read_text().startswith("prediction,probability_")


def test_gaps_that_cost_a_row_in_training_leave_a_prediction_open(cli, here):
    assert cli("train mine.yaml -S data.missing=drop -S data.missing_indicator=false").status == 0
    found = cli("predict --data messy.csv")
    empty = [at for at, row in enumerate(table(found.out)) if row["prediction"] == ""]
    assert empty == list(range(4, 240, 10))
    assert "24 of 240 rows have a missing cell and get no prediction" in found.err
    assert cli("predict --data messy.csv --json").json["predictions"][4] is None
    (here / "new.csv").write_text(
        "age,city,member,joined\n50,Ulm,true,2023-01-01\n,,,\n\n20,Rom,false,2023-05-01\n"
    )
    found = cli("predict --data new.csv")
    assert [row["prediction"] == "" for row in table(found.out)] == [False, True, False]
    assert "texts that no training row has, in 1 rows: `Rom`" in found.err


REFUSED = [
    ("predict --data absent.csv", ["absent.csv", "there is no"]),
    ("predict --data narrow.csv", ["columns of the training data are missing: `member`, `joined`"]),
    ("predict --data wrong.csv", ["column `joined` holds dates in the training data, but 'soon' in row 1"]),
    ("predict --data messy.csv --out messy.csv", ["would overwrite the data"]),
    ("predict --data messy.csv --out absent/p.csv", ["absent/p.csv could not be written"]),
    ("predict --data messy.csv --out - --json", ["both want stdout"]),
    ("predict 99 --data messy.csv", ["no run '99'"]),
    ("predict", ["--data"]),
]


@pytest.mark.parametrize(("line", "messages"), REFUSED)
def test_what_cannot_be_predicted_is_refused(cli, here, line, messages):
    (here / "narrow.csv").write_text("age,city\n50,Ulm\n")
    (here / "wrong.csv").write_text("age,city,member,joined\n50,Ulm,true,soon\n")
    ending = cli(line)
    assert ending.status == 2
    told = ending.err or "\n".join(ending.json["error"]["messages"])
    for message in messages:
        assert message in told


def test_empty_cells_are_refused_where_training_had_none(cli):
    assert cli("train house.yaml").status == 0
    ending = cli("predict --data holes.csv")
    assert ending.status == 2
    assert "column `size` has 1 missing cells, the first in row 1" in ending.err


def test_a_regression_predicts_in_the_targets_own_units(cli, here):
    assert cli("train house.yaml").status == 0
    predicted = [float(row["prediction"]) for row in table(cli("predict --data house.csv").out)]
    rows = table((here / "house.csv").read_text())
    X = np.array([[1, float(row["size"]), float(row["rooms"])] for row in rows])
    price = np.array([float(row["price"]) for row in rows])
    np.testing.assert_allclose(predicted, X @ np.linalg.lstsq(X, price, rcond=None)[0], atol=3)


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_standard_input_and_output_take_any_format(here, suffix):
    frame = pl.read_csv(here / "messy.csv", separator=";", decimal_comma=True)
    frame.write_parquet(here / "new.parquet")
    frame.write_csv(here / "new.csv")
    line = [sys.executable, "-m", "dlrecipe", "predict", "--data", "-", "--out", "-"]
    environment = {**os.environ, "PYTHONPATH": str(Path(dlrecipe.__file__).parents[1])}
    ending = subprocess.run(
        line, input=(here / f"new{suffix}").read_bytes(), capture_output=True, check=True, env=environment
    )
    read = pl.read_csv if suffix == ".csv" else pl.read_parquet
    assert len(read(io.BytesIO(ending.stdout))) == 240
    assert b"standard input: ignored columns" in ending.stderr
    refused = subprocess.run(line, input=b"a,b\n1,2\n", capture_output=True, check=False, env=environment)
    assert refused.returncode == 2
    assert refused.stderr.startswith(b"Error: standard input: columns of the training data are missing")
    assert subprocess.run(line, input=b"", capture_output=True, check=False, env=environment).returncode == 2


def test_arrays_in_arrays_out(cli, here):
    rng = np.random.default_rng(1)
    X = rng.normal(size=(90, 3))
    y = (X @ [1, -2, 0.5] > 0).astype(int)
    np.savez(here / "a.npz", X=X, y=y)
    (here / "a.yaml").write_text(
        "data: {source: a.npz}\nnetwork: {layers: [4]}\ntraining: {epochs: 60, batch_size: 8}\n"
    )
    assert cli("train a.yaml").status == 0
    np.save(here / "new.npy", X)
    assert cli("predict --data a.npz --out p.npz").status == 0
    assert cli("predict --data new.npy --out p.npy").status == 0
    arrays = np.load(here / "p.npz", allow_pickle=False)
    np.testing.assert_array_equal(arrays["prediction"], np.load(here / "p.npy"))
    np.testing.assert_array_equal(
        arrays["classes"][arrays["probability"].argmax(axis=1)], arrays["prediction"]
    )
    assert (arrays["prediction"] == y).mean() > 0.85
    assert dlrecipe.predict(None, X).predictions == tuple(arrays["prediction"].tolist())
    assert dlrecipe.predict(3, str(here / "new.npy")).to_dict() == cli(
        "predict 3 --data new.npy --json"
    ).json | {"data": str(here / "new.npy")}


def test_looks_at_the_test_set_are_counted_and_told(cli, here):
    first = cli("evaluate")
    assert "looked at for the first time" in first.out
    assert cli("evaluate --json").json["looks"] == 2
    assert "looked at 3 times" in cli("evaluate").out
    source = dlrecipe.load_config("runs/mine-0002/config.yaml").data.source
    flattered = cli(f"evaluate --data {source} --json").json
    assert flattered["looks"] is None
    assert "this error flatters" in flattered["notes"][0]
    (here / "link.csv").symlink_to(source)
    assert "link.csv is what the run was trained on" in cli("evaluate --data link.csv").err
    assert "what the run was trained on" not in cli("evaluate --data messy.csv").err
    looks = [json.loads(line) for line in (here / "runs/mine-0002/test_looks.jsonl").read_text().splitlines()]
    assert [look["data"] for look in looks] == ["test"] * 3


def test_a_dev_file_flatters_and_a_test_file_is_looked_at(cli, here):
    for name in ("dev", "test"):
        (here / f"{name}.csv").write_bytes((here / "house.csv").read_bytes())
    assert cli("train house.yaml -S data.dev=dev.csv -S data.test=test.csv").status == 0
    assert "chosen by, so this error flatters" in cli("evaluate --data dev.csv").err
    assert cli("evaluate --data test.csv --json").json["looks"] == 1
    assert cli("evaluate --json").json["looks"] == 2


def test_time_and_chosen_columns_go_through_every_command(cli):
    settings = "-S data.time=joined -S data.drop=[] -S 'data.keep=[age, city]' -S 'data.missing={age: mean}'"
    ending = cli(f"train mine.yaml {settings} -S training.epochs=4")
    assert ending.status == 0
    assert "split by `joined`: train from 2022-01-" in ending.err
    assert cli("diagnose").status == 0
    assert cli("resume 3 -S training.epochs=5 --json").json["epochs"] == 5
    assert cli("evaluate").status == 0
    assert cli(f"gradcheck mine.yaml {settings} --after-epochs 0").status == 0
    predicted = cli("predict --data messy.csv")
    assert "`customer`, `member`" in predicted.err
    again = cli("train runs/mine-0003/config.yaml --json").json
    assert again["data"] == dlrecipe.experiments.run.open_run("mine-0003").result.data
