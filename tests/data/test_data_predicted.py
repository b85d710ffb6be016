"""Files of predictions, read back by other readers."""

from __future__ import annotations

import csv
import gzip
import io

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlrecipe.data import Predicted, format_of

LABELS = np.array(["=1+1", "b"])
PRESENT = np.array([True, False, True])
PROBABILITIES = np.array([[0.1, 0.9], [np.nan, np.nan], [0.75, 0.25]])
TEXTS = Predicted(LABELS[[1, 0, 0]], PRESENT, LABELS, PROBABILITIES)
WHOLE = Predicted(np.array([3, -5, 3]), PRESENT, np.array([-5, 3]), PROBABILITIES)
PRICES = Predicted(np.array([1.5, np.nan, -2.25]), PRESENT, None, None)


def rows(predicted, suffix=".csv"):
    content = predicted.encoded(suffix)
    text = (gzip.decompress(content) if suffix.endswith(".gz") else content).decode()
    return list(csv.reader(io.StringIO(text), delimiter="\t" if ".tsv" in suffix else ","))


def test_a_table_has_a_row_for_every_row_and_guards_formulas():
    expected = [
        ["prediction", "probability_=1+1", "probability_b"],
        ["b", "0.1", "0.9"],
        ["", "", ""],
        ["'=1+1", "0.75", "0.25"],
    ]
    assert rows(TEXTS) == expected
    assert rows(TEXTS, ".tsv") == expected
    assert rows(TEXTS, ".csv.gz") == expected
    assert [row[0] for row in rows(WHOLE)] == ["prediction", "3", "", "3"]
    assert rows(PRICES) == [["prediction"], ["1.5"], ["NaN"], ["-2.25"]]


def test_parquet_has_types_and_no_guard():
    frame = pl.read_parquet(io.BytesIO(TEXTS.encoded(".parquet")))
    assert frame["prediction"].to_list() == ["b", None, "=1+1"]
    assert frame["probability_b"].to_list() == [0.9, None, 0.25]
    assert pl.read_parquet(io.BytesIO(WHOLE.encoded(".parquet")))["prediction"].to_list() == [3, None, 3]


def test_arrays_need_no_pickle():
    arrays = np.load(io.BytesIO(TEXTS.encoded(".npz")), allow_pickle=False)
    assert arrays["prediction"].tolist() == ["b", "", "=1+1"]
    np.testing.assert_array_equal(arrays["probability"], PROBABILITIES)
    assert arrays["classes"].tolist() == ["=1+1", "b"]
    numbers = np.load(io.BytesIO(WHOLE.encoded(".npy")), allow_pickle=False)
    np.testing.assert_array_equal(numbers, [3, np.nan, 3])
    full = Predicted(WHOLE.values, np.ones(3, bool), WHOLE.classes, PROBABILITIES)
    assert np.load(io.BytesIO(full.encoded(".npy"))).dtype == np.int64


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1), min_size=1))
def test_no_label_begins_like_a_formula(labels):
    array = np.array([label.rstrip("\0") or "x" for label in labels])
    cells = [row[0] for row in rows(Predicted(array, np.ones(len(array), bool), None, None))[1:]]
    for label, cell in zip(array.tolist(), cells, strict=True):
        assert cell in {label, f"'{label}"}
        if cell[0] in "=@\t\r":
            pytest.fail(f"{cell!r} is a formula")
        if cell[0] in "+-":
            float(cell)


@pytest.mark.parametrize(
    ("name", "suffix"),
    [("a.csv", ".csv"), ("A.CSV.gz", ".csv.gz"), ("a.parquet", ".parquet"), ("a", None), ("a.idx3", None)],
)
def test_a_name_tells_its_format(name, suffix):
    assert format_of(name) == suffix
