"""Which columns are inputs and what their missing cells do; scikit-learn is the judge of fillings."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.impute import SimpleImputer

from dlrecipe.data import Encoder, Plan, load, useless_columns
from dlrecipe.data.split import UNUSED, split_by_time
from dlrecipe.errors import DataError


def seeded(**plan):
    return load(Plan(**plan), np.random.default_rng(0))


def refusal(**plan):
    with pytest.raises(DataError) as caught:
        seeded(**plan)
    return str(caught.value)


@pytest.fixture
def gaps(tmp_path):
    """Forty rows with gaps in two columns of numbers and one of texts."""
    rng = np.random.default_rng(3)
    frame = pl.DataFrame(
        {
            "age": [None if i % 7 == 0 else float(value) for i, value in enumerate(rng.normal(40, 9, 40))],
            "income": [None if i % 11 == 3 else float(value) for i, value in enumerate(rng.gamma(2, 9, 40))],
            "color": [
                None if i % 9 == 4 else ("red" if value < 0.7 else "blue")
                for i, value in enumerate(rng.random(40))
            ],
            "label": [i % 2 for i in range(40)],
        }
    )
    frame.write_csv(tmp_path / "gaps.csv")
    return str(tmp_path / "gaps.csv"), frame


def test_every_column_has_its_own_filling_and_indicator(gaps):
    path, frame = gaps
    data = seeded(
        source=path, missing={"default": "mean", "age": "median"}, missing_indicator=True, normalize=False
    )
    assert data.encoder.columns.tolist() == [
        "age", "age is missing", "income", "income is missing", "color=blue", "color=red", "color is missing",
    ]  # fmt: skip
    train = frame[data.train.rows]
    for name, strategy, at in (("age", "median", 0), ("income", "mean", 2)):
        oracle = SimpleImputer(strategy=strategy, add_indicator=True).fit(train.select(name).to_numpy())
        for part in (data.train, data.dev, data.test):
            expected = oracle.transform(frame[part.rows].select(name).to_numpy())
            np.testing.assert_allclose(part.X[:, at : at + 2], expected, rtol=1e-6)
    missing = frame["color"].is_null().to_numpy()
    common = train["color"].drop_nulls().mode()[0]
    for part in (data.train, data.dev, data.test):
        np.testing.assert_array_equal(part.X[:, 6], missing[part.rows])
        assert part.X[missing[part.rows]][:, 4:6].tolist() == [[common == "blue", common == "red"]] * int(
            missing[part.rows].sum()
        )


def test_a_column_may_cost_its_rows_while_another_is_filled(gaps):
    path, frame = gaps
    data = seeded(source=path, missing={"default": "median", "color": "drop"})
    rows = np.concatenate([data.train.rows, data.dev.rows, data.test.rows])
    assert sorted(rows) == np.flatnonzero(frame["color"].is_not_null().to_numpy()).tolist()
    assert "4 of 40 rows are dropped for a missing cell" in " ".join(data.notes)


def test_without_a_default_other_columns_must_be_whole(gaps):
    said = refusal(source=gaps[0], missing={"age": "mean", "income": "mean"})
    assert "column `color` has 4 missing cells" in said
    assert "age" not in said


@pytest.mark.parametrize(
    ("plan", "message"),
    [
        ({"missing": {"agee": "mean"}}, "`data.missing` names columns that do not exist: `agee`"),
        ({"missing": {"agee": "mean"}}, "Did you mean `age`?"),
        ({"missing": "mean", "missing_indicator": ["colour"]}, "that do not exist: `colour`"),
        ({"missing": {"default": "mean", "age": "drop"}, "missing_indicator": ["age"]}, "no missing cell is"),
        ({"drop": ["Age"]}, "`data.drop` names columns that do not exist: `Age`. Did you mean `age`?"),
        ({"drop": ["zzz"]}, "The columns are `age`, `income`, `color`, `label`."),
        ({"drop": ["label"], "target": "label"}, "`label` is the target; take it out of"),
        ({"keep": ["label"]}, "no input column is left"),
        (
            {"time": "color"},
            "`data.time: color` must be a column of dates or numbers; it holds texts as 'red'",
        ),
        ({"time": "label"}, "`label` is the target; `data.time` must be another column"),
    ],
)
def test_columns_that_cannot_be_meant_are_refused(gaps, plan, message):
    assert message in refusal(source=gaps[0], **plan)


def test_an_indicator_that_is_asked_for_is_there_without_gaps(gaps):
    data = seeded(source=gaps[0], missing="mean", missing_indicator=["income"], keep=["income"])
    assert data.encoder.columns.tolist() == ["income", "income is missing"]


def test_dropped_columns_are_neither_inputs_nor_in_the_way(gaps, tmp_path):
    path, frame = gaps
    frame.with_columns(pl.Series("list", [[1]] * 40)).write_parquet(tmp_path / "gaps.parquet")
    expected = seeded(source=path, missing="mean", keep=["income"])
    for source, plan in (
        (path, {"drop": ["age", "color"]}),
        (str(tmp_path / "gaps.parquet"), {"drop": ["list", "age", "color"]}),
        (str(tmp_path / "gaps.parquet"), {"keep": ["income"]}),
    ):
        data = seeded(source=source, missing="mean", **plan)
        np.testing.assert_array_equal(data.train.X, expected.train.X)


def test_a_bundled_set_may_lose_columns_and_an_array_may_not(tmp_path):
    data = seeded(source="diabetes", keep=["bmi", "age"])
    assert data.encoder.columns.tolist() == ["age", "bmi"]
    full = seeded(source="diabetes")
    np.testing.assert_array_equal(data.train.X, full.train.X[:, [0, 2]])
    np.savez(tmp_path / "a.npz", X=np.eye(20), y=np.arange(20) % 2)
    assert "needs columns with names" in refusal(source=str(tmp_path / "a.npz"), drop=["x1"])


def test_true_and_false_are_one_input_in_any_format(tmp_path):
    frame = pl.DataFrame({"flag": [True, False, None, True] * 8, "label": ["a", "b"] * 16})
    frame.write_parquet(tmp_path / "t.parquet")
    frame.write_csv(tmp_path / "t.csv")
    (tmp_path / "T.csv").write_text(
        (tmp_path / "t.csv").read_text().replace("true", "TRUE").replace("false", "False")
    )
    one, two, three = (
        seeded(source=str(tmp_path / name), missing="median", normalize=False)
        for name in ("t.parquet", "t.csv", "T.csv")
    )
    assert one.encoder.columns.tolist() == ["flag"]
    np.testing.assert_array_equal(one.train.X, two.train.X)
    np.testing.assert_array_equal(one.train.X, three.train.X)
    read = one.encoder.read_labelled(str(tmp_path / "T.csv")).part.X[:, 0]
    assert read.tolist() == [1, 0, 1, 1] * 8


def test_decimal_commas_are_numbers_where_cells_are_not_separated_by_them(tmp_path):
    rows = [f"{i},5;{i};{'x' if i % 2 else 'y'}" for i in range(20)]
    (tmp_path / "t.csv").write_text("\n".join(["price;size;label", *rows]))
    data = seeded(source=str(tmp_path / "t.csv"), normalize=False)
    np.testing.assert_array_equal(data.train.X[:, 0], data.train.rows + 0.5)
    assert any("decimal commas" in note for note in data.notes)
    (tmp_path / "u.csv").write_text("\n".join(["price,label", *(f'"{i},500",{i % 2}' for i in range(20))]))
    thousands = seeded(source=str(tmp_path / "u.csv"))
    assert thousands.encoder.columns[0].startswith("price=")


def test_texts_that_name_their_rows_are_told_of(tmp_path):
    rows = [f"P{i:04},{'red' if i % 3 else 'blue'},{i % 2}" for i in range(60)]
    (tmp_path / "t.csv").write_text("\n".join(["patient,color,label", *rows]))
    data = seeded(source=str(tmp_path / "t.csv"))
    told = [note for note in data.notes if "`data.drop: [patient]`" in note]
    assert len(told) == 1
    assert "36 different texts" in told[0]
    assert not any(
        "`data.drop" in note for note in seeded(source=str(tmp_path / "t.csv"), drop=["patient"]).notes
    )


def test_too_many_texts_are_refused_with_the_line_to_change(tmp_path):
    rows = [f"P{i:04},{i},{i % 2}" for i in range(1200)]
    (tmp_path / "t.csv").write_text("\n".join(["patient,size,label", *rows]))
    said = refusal(source=str(tmp_path / "t.csv"))
    assert "1,200 different texts" in said
    assert "`data.drop: [patient]`" in said
    assert seeded(source=str(tmp_path / "t.csv"), drop=["patient"]).encoder.columns.tolist() == ["size"]


def test_the_first_look_finds_what_names_rows(tmp_path):
    rows = [
        f"{i},P{i:04},{7 * i % 60},{i % 5},{'red' if i % 3 else 'blue'},{i / 7},{i or ''},{i % 2}"
        for i in range(60)
    ]
    (tmp_path / "t.csv").write_text("\n".join([",patient,customer_id,id,color,size,key,label", *rows]))
    found = useless_columns(str(tmp_path / "t.csv"), None)
    assert list(found) == ["column1", "patient", "customer_id", "key"]
    assert set(found.values()) == {"each row has its own text or number there"}
    assert useless_columns("digits", None) == {}


def test_the_first_look_finds_what_is_empty(tmp_path):
    rows = [f",{i if i < 9 else ''},{'x' if i < 9 else ''},{i if i < 10 else ''},{i % 2}" for i in range(60)]
    (tmp_path / "t.csv").write_text("\n".join(["nothing,few,texts,enough,label", *rows]))
    found = useless_columns(str(tmp_path / "t.csv"), None)
    assert found == dict.fromkeys(["nothing", "few", "texts"], "hardly a cell is filled in there")


def test_time_cuts_oldest_to_newest_and_leaves_the_oldest_unused(tmp_path):
    rng = np.random.default_rng(5)
    days = rng.permutation(100)
    dates = np.datetime64("2023-11-01") + days
    for name, times in (("dates", [str(date) for date in dates]), ("numbers", [str(day) for day in days])):
        rows = [f"{time},{i},{i % 2}" for i, time in enumerate(times)]
        (tmp_path / f"{name}.csv").write_text("\n".join(["when,a,label", *rows]))
        data = seeded(
            source=str(tmp_path / f"{name}.csv"), time="when", split={"train": 50, "dev": 20, "test": 20}
        )
        parts = [days[part.rows] for part in (data.train, data.dev, data.test)]
        assert [sorted(part) for part in parts] == [[*range(10, 60)], [*range(60, 80)], [*range(80, 100)]]
        assert data.encoder.columns.tolist() == ["a"]
        assert any("10 of 100 rows are in no part" in note for note in data.notes)
        told = next(note for note in data.notes if note.startswith("split by `when`"))
        assert ("dev from 2023-12-31 to 2024-01-19" if name == "dates" else "dev from 60 to 79") in told


def test_rows_without_a_time_have_no_place(tmp_path):
    rows = [f"{'' if i == 3 else i},{i},{i % 2}" for i in range(40)]
    (tmp_path / "t.csv").write_text("\n".join(["when,a,label", *rows]))
    assert "column `when` has 1 missing cells" in refusal(source=str(tmp_path / "t.csv"), time="when")
    data = seeded(source=str(tmp_path / "t.csv"), time="when", missing="drop")
    assert 3 not in np.concatenate([data.train.rows, data.dev.rows, data.test.rows])


@given(st.lists(st.integers(-5, 5), min_size=3, max_size=40), st.data())
def test_no_row_is_older_than_one_of_an_earlier_part(times, draw):
    n = len(times)
    train = draw.draw(st.integers(1, n - 2))
    dev = draw.draw(st.integers(1, n - train - 1))
    test = draw.draw(st.integers(1, n - train - dev))
    values = np.array(times, float)
    parts = split_by_time(np.arange(n), {"train": train, "dev": dev, "test": test}, values)
    assert {part: len(rows) for part, rows in parts.items() if part != UNUSED} == {
        "train": train,
        "dev": dev,
        "test": test,
    }
    assert sorted(np.concatenate(list(parts.values()))) == list(range(n))
    order = [parts[part] for part in (UNUSED, "train", "dev", "test") if part in parts]
    for older, newer in pairwise(order):
        assert values[older].max() <= values[newer].min()
        assert (np.diff(newer) > 0).all()


@settings(max_examples=30, deadline=None)
@given(st.sets(st.sampled_from(["age", "income", "color"])), st.sampled_from(["mean", "median"]))
def test_an_encoder_comes_back_from_its_arrays(tmp_path_factory, dropped, word):
    folder = tmp_path_factory.mktemp("back")
    frame = pl.DataFrame(
        {
            "age": [1.0, None, 3.0, 4.0] * 5,
            "income": [None, 5.0, 6.0, 8.0] * 5,
            "color": ["a", "b", None, "c"] * 5,
            "day": ["2024-01-05", "2024-02-05", "2023-03-01", "2022-12-31"] * 5,
            "label": [i // 3 % 2 for i in range(20)],
        }
    )
    frame.write_csv(folder / "t.csv")
    missing = {"default": word} | dict.fromkeys(dropped, "drop")
    if len(dropped) == 3:
        missing.pop("color")
    encoder = seeded(source=str(folder / "t.csv"), missing=missing, missing_indicator=True).encoder
    np.savez(folder / "m.npz", **encoder.to_arrays())
    with np.load(folder / "m.npz", allow_pickle=False) as arrays:
        again = Encoder.from_arrays(arrays)
    assert again.columns.tolist() == encoder.columns.tolist()
    one, two = (each.read_unlabelled(str(folder / "t.csv")) for each in (encoder, again))
    np.testing.assert_array_equal(one.X, two.X)
    np.testing.assert_array_equal(one.rows, two.rows)
    assert one.notes == two.notes
