from types import SimpleNamespace

import pytest

from dlrecipe.cli.ending import judge
from dlrecipe.cli.options import Level
from dlrecipe.cli.status import Status


def _diagnosis(**levels):
    gaps = {name: SimpleNamespace(level=level) for name, level in levels.items()}
    return SimpleNamespace(gaps=gaps, mismatch=gaps.get("mismatch"))


HIGH_VARIANCE = _diagnosis(bias="low", variance="high")
NOTHING_HIGH = _diagnosis(bias="low", variance="low", mismatch="low")


@pytest.mark.parametrize(
    ("diagnosis", "fail_on", "status"),
    [
        (HIGH_VARIANCE, None, Status.DONE),
        (HIGH_VARIANCE, Level.BIAS, Status.DONE),
        (HIGH_VARIANCE, Level.MISMATCH, Status.DONE),
        (HIGH_VARIANCE, Level.VARIANCE, Status.NO),
        (HIGH_VARIANCE, Level.ANY, Status.NO),
        (NOTHING_HIGH, Level.ANY, Status.DONE),
        (_diagnosis(bias="low", variance="low", mismatch="high"), Level.ANY, Status.NO),
        (_diagnosis(bias="low", variance="low", mismatch="high"), Level.MISMATCH, Status.NO),
    ],
)
def test_fail_on_looks_at_its_own_level(diagnosis, fail_on, status):
    assert judge(diagnosis, fail_on) == status


def test_why_the_status_is_1_is_said(capsys):
    judge(HIGH_VARIANCE, Level.ANY)
    assert capsys.readouterr() == ("", "--fail-on any: variance high.\n")


def test_a_mismatch_that_nothing_measures_is_no_pass_in_silence(capsys):
    judge(HIGH_VARIANCE, Level.MISMATCH)
    assert "nothing measures mismatch" in capsys.readouterr().err
