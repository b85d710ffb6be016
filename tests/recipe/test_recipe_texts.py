"""Figures as words, and patches as commands."""

from __future__ import annotations

import math
import shlex

import pytest

from dlrecipe.recipe.commands import command_line
from dlrecipe.recipe.texts import count, percent, percents, points, rounded, short


@pytest.mark.parametrize(
    ("fraction", "text"),
    [
        (0.0312, "3.1 %"),
        (0.1, "10 %"),
        (0.484, "48.4 %"),
        (1.2, "120 %"),
        (0, "0 %"),
        (1, "100 %"),
        (0.0004, "0.04 %"),
        (-0.0003, "-0.03 %"),
        (-0.012, "-1.2 %"),
        (-1e-18, "0 %"),
        (0.10 - 0.08, "2 %"),
        (1e-6, "0.0001 %"),
        (12.345, "1,234 %"),
        (2e10, "2e+12 %"),
        (math.nan, "not finite"),
    ],
)
def test_percent(fraction, text):
    assert percent(fraction) == text


def test_different_figures_look_different():
    assert percents(0.02004, 0.02) == ("2.004 %", "2 %")
    assert percents(0.035, 0.02) == ("3.5 %", "2 %")
    assert percents(0.02, 0.02) == ("2 %", "2 %")
    assert percents(0.00031, 0.00034) == ("0.031 %", "0.034 %")


def test_points_and_counts_have_their_singular():
    assert points(0.01) == "1 point"
    assert points(0.025) == "2.5 points"
    assert count(1, "example") == "1 example"
    assert count(1078, "example") == "1,078 examples"


def test_numbers_are_short_and_settings_round():
    assert [short(value) for value in (0.0312345, 1000.0, 1e-5, 2.0)] == ["0.0312", "1,000", "1e-05", "2"]
    assert [rounded(value) for value in (0.00034, 1234.0, 0.3 * 0.01)] == [0.0003, 1000.0, 0.003]


def test_a_patch_becomes_settings_that_a_shell_gives_back():
    patch = {
        "network.layers": [128, 64],
        "training.lambda": 0.3,
        "data.normalize": True,
        "network.init": "he",
    }
    line = command_line("dlrecipe train 'my config.yaml'", patch)
    assert line == (
        "dlrecipe train 'my config.yaml' -S 'network.layers=[128, 64]' -S training.lambda=0.3 "
        "-S data.normalize=true -S network.init=he"
    )
    assert shlex.split(line)[-7::2] == [
        "network.layers=[128, 64]",
        "training.lambda=0.3",
        "data.normalize=true",
        "network.init=he",
    ]
