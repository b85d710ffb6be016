"""Dates, in all ways in which files write them; Python's datetime is the judge."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlrecipe.data import Plan, load
from dlrecipe.data.sources.dates import as_days, find_format
from dlrecipe.errors import DataError

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
FORMS = [
    "%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%m/%d/%Y", "%d/%m/%Y", "%d %b %Y", "%B %d, %Y", "%d.%m.%y",
    "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S.%f", "%d.%m.%Y %H:%M", "%Y-%m-%dT%H:%M:%S%z",
]  # fmt: skip
moments = st.datetimes(dt.datetime(1970, 1, 1), dt.datetime(2060, 12, 31))  # noqa: DTZ001  # made aware below


def days_of(moment):
    return (moment - EPOCH) / dt.timedelta(days=1)


@settings(deadline=None)
@given(st.sampled_from(FORMS), st.lists(moments, min_size=1, max_size=8))
def test_what_python_writes_is_read_back(form, several):
    texts = [moment.replace(tzinfo=dt.UTC).strftime(form) for moment in several]
    expected = [dt.datetime.strptime(text, form).replace(tzinfo=dt.UTC) for text in texts]
    found, swapped = find_format(pl.Series(texts))
    assert found is not None
    chosen = swapped if swapped and form.startswith("%d/%m") else found
    days, wrong = as_days(pl.Series([*texts, None, " ", "NA"]), chosen)
    assert wrong is None
    if form.startswith("%d/%m") and chosen.startswith("%m/%d"):
        pytest.fail("month and day were swapped without a word")
    np.testing.assert_allclose(
        days[: len(texts)].to_list(), [days_of(moment) for moment in expected], rtol=1e-12
    )
    assert days[len(texts) :].null_count() == 3


@pytest.mark.parametrize(
    "texts", [["2024-01-31", "2024-02-30"], ["12:30"], ["1.5.7"], ["x"], [None], ["2024"], ["0024-01-31"]]
)
def test_what_is_no_date_is_a_text(texts):
    assert find_format(pl.Series(texts, dtype=pl.String)) == (None, None)


def seeded(source, **plan):
    return load(Plan(source=str(source), **plan), np.random.default_rng(0))


def dated(count=40):
    return [dt.date(2021, 12, 20) + dt.timedelta(days=9 * i) for i in range(count)]


def test_a_date_becomes_days_and_places_in_year_and_week(tmp_path):
    rows = [f"{day:%d.%m.%Y},{i % 2}" for i, day in enumerate(dated())]
    (tmp_path / "t.csv").write_text("\n".join(["when,label", *rows]))
    data = seeded(tmp_path / "t.csv", normalize=False)
    assert data.encoder.columns.tolist() == [
        "when days", "when year sin", "when year cos", "when week sin", "when week cos",
    ]  # fmt: skip
    assert "dates, taken as days since 1970-01-01 and places in the year and the week: `when`." in data.notes
    for x, row in zip(data.train.X, data.train.rows, strict=True):
        days = (dated()[row] - EPOCH.date()).days
        year, week = 2 * math.pi * days / 365.2425, 2 * math.pi * days / 7
        expected = [days, math.sin(year), math.cos(year), math.sin(week), math.cos(week)]
        np.testing.assert_allclose(x, expected, atol=1e-5)


def test_formats_agree_also_at_prediction(tmp_path):
    when = [dt.datetime(2023, 1, 1, tzinfo=dt.UTC) + dt.timedelta(hours=7 * i) for i in range(40)]
    naive = [moment.replace(tzinfo=None) for moment in when]
    label = [i % 2 for i in range(40)]
    pl.DataFrame({"when": naive, "label": label}).write_parquet(tmp_path / "t.parquet")
    pl.DataFrame({"when": when, "label": label}).write_parquet(tmp_path / "zoned.parquet")
    for name, form in (("iso", "%Y-%m-%dT%H:%M:%S"), ("german", "%d.%m.%Y %H:%M")):
        rows = [f"{moment.strftime(form)},{i % 2}" for i, moment in enumerate(when)]
        (tmp_path / f"{name}.csv").write_text("\n".join(["when,label", *rows]))
    files = [tmp_path / name for name in ("t.parquet", "zoned.parquet", "iso.csv", "german.csv")]
    parts = [seeded(file).train.X for file in files]
    assert parts[0].shape[1] == 7
    for X in parts[1:]:
        np.testing.assert_allclose(X, parts[0], atol=1e-6)
    for trained in files:
        encoder = seeded(trained).encoder
        for other in files:
            if trained.suffix == other.suffix == ".csv" and trained != other:
                with pytest.raises(DataError, match="column `when` holds dates in the training data, but"):
                    encoder.read_unlabelled(str(other))
            else:
                np.testing.assert_allclose(
                    encoder.read_unlabelled(str(other)).X[0],
                    encoder.read_unlabelled(str(trained)).X[0],
                    atol=1e-6,
                )


def test_a_missing_date_is_filled_in_whole(tmp_path):
    rows = [f"{'' if i % 5 == 0 else day},{i % 2}" for i, day in enumerate(dated())]
    (tmp_path / "t.csv").write_text("\n".join(["when,label", *rows]))
    data = seeded(tmp_path / "t.csv", missing="median", missing_indicator=True, normalize=False)
    present = [(dated()[row] - EPOCH.date()).days for row in data.train.rows if row % 5]
    middle = float(np.median(present))
    filled = data.train.X[data.train.rows % 5 == 0]
    assert (filled[:, 0] == np.float32(middle)).all()
    np.testing.assert_allclose(filled[:, 3], math.sin(2 * math.pi * middle / 7), atol=1e-5)
    assert (filled[:, 5] == 1).all()


def test_a_day_that_could_be_a_month_is_told(tmp_path):
    rows = [f"{1 + i % 12:02}/{1 + i % 11:02}/2024,{i % 2}" for i in range(40)]
    (tmp_path / "t.csv").write_text("\n".join(["when,label", *rows]))
    assert any("read as month/day" in note for note in seeded(tmp_path / "t.csv").notes)
    rows[0] = "13/01/2024,0"
    (tmp_path / "t.csv").write_text("\n".join(["when,label", *rows]))
    data = seeded(tmp_path / "t.csv", normalize=False)
    assert not any("month/day" in note for note in data.notes)
    encoder = data.encoder
    (tmp_path / "new.csv").write_text("when\n02/01/2024\n")
    assert (
        encoder.read_unlabelled(str(tmp_path / "new.csv")).X[0, 0]
        == (dt.date(2024, 1, 2) - EPOCH.date()).days
    )


def test_spans_and_times_of_day_are_seconds(tmp_path):
    frame = pl.DataFrame(
        {
            "took": [dt.timedelta(minutes=i, microseconds=500_000) for i in range(40)],
            "at": [dt.time(i % 24, 30, 1) for i in range(40)],
            "label": [i % 2 for i in range(40)],
        }
    )
    frame.write_parquet(tmp_path / "t.parquet")
    data = seeded(tmp_path / "t.parquet", normalize=False)
    rows = data.train.rows
    np.testing.assert_allclose(data.train.X, np.column_stack([60 * rows + 0.5, rows % 24 * 3600 + 1801]))
