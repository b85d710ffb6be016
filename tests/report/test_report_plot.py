import builtins
import math
import re
import struct

import pytest

from dlrecipe.errors import UsageError
from dlrecipe.report import plot_history
from dlrecipe.report.plot import SUFFIXES

pytest.importorskip("matplotlib")

MAGIC = {".png": b"\x89PNG\r\n\x1a\n", ".svg": b"<?xml", ".pdf": b"%PDF"}


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_suffix_is_the_format(history, diagnosis, tmp_path, suffix):
    file = tmp_path / f"curve{suffix}"
    plot_history(history, diagnosis(), file)
    assert file.read_bytes().startswith(MAGIC[suffix])


def test_a_png_has_a_sensible_size_and_ink(history, diagnosis, tmp_path):
    file = tmp_path / "curve.PNG"
    plot_history(history, diagnosis(), str(file))
    width, height = struct.unpack(">II", file.read_bytes()[16:24])
    assert (width, height) == (1500, 630)
    assert file.stat().st_size > 20_000


def test_what_the_plot_says(history, diagnosis, tmp_path, monkeypatch):
    drawn = []
    monkeypatch.setattr("matplotlib.figure.Figure.savefig", lambda figure, _: drawn.append(figure))
    plot_history(history, diagnosis(human_error=0.02), tmp_path / "curve.png")
    cost, errors = drawn[0].axes
    lines = {line.get_label(): list(line.get_ydata()) for axes in (cost, errors) for line in axes.get_lines()}
    assert drawn[0].get_suptitle() == "Verdict: high variance"
    assert lines["cost J"] == [record.cost for record in history]
    assert lines["loss"] == [record.loss for record in history]
    assert lines["penalty"] == [record.penalty for record in history]
    assert lines["dev"] == [record.dev_error for record in history]
    assert lines["train"] == [record.train_error for record in history]
    assert lines["human"] == [0.02, 0.02]
    assert lines["lowest dev error: 10.5 % in epoch 30"] == [history[-1].dev_error]


def test_lines_differ_in_grey_too(history, diagnosis, tmp_path, monkeypatch):
    drawn = []
    monkeypatch.setattr("matplotlib.figure.Figure.savefig", lambda figure, _: drawn.append(figure))
    plot_history(history, diagnosis(), tmp_path / "curve.png")
    for axes in drawn[0].axes:
        styles = [line.get_linestyle() for line in axes.get_lines()[:3]]
        assert sorted(styles) == ["-", "--", ":"]


@pytest.mark.parametrize("rows", [1, 5, 31])
def test_a_diverged_training_is_drawn_as_far_as_it_goes(history, diagnosis, tmp_path, rows):
    wild = [
        record._replace(cost=10.0 ** (10 * record.epoch), loss=math.nan, dev_error=math.nan)
        for record in history[:rows]
    ]
    wild[-1] = wild[-1]._replace(cost=math.inf)
    file = tmp_path / "curve.png"
    plot_history(wild, diagnosis(), file)
    assert file.stat().st_size > 5_000


def test_another_suffix_is_refused_with_the_allowed_ones(history, diagnosis, tmp_path):
    with pytest.raises(UsageError, match=re.escape("must end in .png, .svg or .pdf. Got ")):
        plot_history(history, diagnosis(), tmp_path / "curve.bmp")
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_named(history, diagnosis, tmp_path):
    with pytest.raises(UsageError, match=r"cannot be written to .*nowhere.*: No such file or directory\."):
        plot_history(history, diagnosis(), tmp_path / "nowhere" / "curve.png")


def test_without_matplotlib_the_remedy_is_named(history, diagnosis, tmp_path, monkeypatch):
    imported = builtins.__import__

    def without(name, *arguments, **options):
        if name.startswith("matplotlib"):
            raise ImportError(name)
        return imported(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError, match=re.escape('pip install "dlrecipe[plot]"')):
        plot_history(history, diagnosis(), tmp_path / "curve.png")
