import io

import pytest
from report_suggestions import L2, MORE_DATA
from rich.console import Console

from dlrecipe.recipe import diagnose
from dlrecipe.report import show_diagnosis
from dlrecipe.report.verdict import verdict_line
from dlrecipe.results import Figures, Gap


@pytest.fixture
def shown(capsys):
    """A function that gives what a diagnosis puts on stdout, in a pipe."""

    def show(diagnosis):
        show_diagnosis(diagnosis)
        return capsys.readouterr().out

    return show


def test_high_variance(shown, diagnosis):
    assert shown(diagnosis(suggestions=(MORE_DATA, L2))) == (
        """\
Verdict: high variance

                     error  examples    95 % interval  level  how sure
  human              0.0 %
    avoidable bias   1.0 %             0.5 % to 2.0 %  low        98 %
  train              1.0 %     1,000
    variance        10.0 %            6.4 % to 15.1 %  high      >99 %
  dev               11.0 %       200

What to do, best first
  1. Get more training data
     1,000 examples are few.
  2. Regularise with L2  training.lambda: 0.3
     The dev error of 11 % is 10 points above the train error of 1 %, at a lambda of 0.
     dlrecipe train digits.yaml -S training.lambda=0.3
"""
    )


def test_mismatch_stands_between_train_dev_and_dev(shown, diagnosis):
    figures = Figures(0.01, 0.1, 0.0, 0.015, 5000, 400, 300)
    mismatch = Gap("high", 0.085, 0.085, (0.0533, 0.1193), 0.99999, certain=True)
    variance = Gap("low", 0.005, 0.005, (-0.0037, 0.0276), 0.9, certain=True)
    verdict = diagnosis(verdict="high mismatch", variance=variance, mismatch=mismatch, figures=figures)
    assert shown(verdict) == (
        """\
Verdict: high mismatch

                     error  examples    95 % interval  level  how sure
  human              0.0 %
    avoidable bias   1.0 %             0.5 % to 2.0 %  low        98 %
  train              1.0 %     5,000
    variance         0.5 %            -0.4 % to 2.8 %  low        90 %
  train-dev          1.5 %       300
    mismatch         8.5 %            5.3 % to 11.9 %  high      >99 %
  dev               10.0 %       400
"""
    )


def test_a_size_has_its_heading_also_where_no_gap_has_an_interval(shown, diagnosis):
    verdict = diagnosis(
        bias=Gap("low", 0.01, 0.01),
        variance=Gap("low", 0.01, 0.01),
        mismatch=Gap("high", 0.09, 0.09),
        figures=Figures(0.01, 0.11, train_dev_error=0.02, dev_size=500),
    )
    lines = shown(verdict).splitlines()
    head, dev = (next(line for line in lines if word in line) for word in ("examples", "500"))
    assert head.index("examples") + len("examples") == dev.index("500") + len("500")


def test_figures_without_sizes_have_no_intervals(shown, diagnosis):
    verdict = diagnosis(
        bias=Gap("low", 0.01, 0.01),
        variance=Gap("high", 0.1, 0.1),
        human_error_given=False,
        figures=Figures(0.01, 0.11),
    )
    assert shown(verdict) == (
        """\
Verdict: high variance

                     error           level
  human              0.0 %  assumed
    avoidable bias   1.0 %           low
  train              1.0 %
    variance        10.0 %           high
  dev               11.0 %
"""
    )


def test_regression_says_what_its_errors_are(shown, diagnosis):
    verdict = diagnosis(
        variance=Gap("high", 1.19, 1.19, (0.9, 1.5), 0.999, certain=True),
        figures=Figures(0.01, 1.2, 0.0, None, 300, 100, task="regression"),
    )
    assert shown(verdict) == (
        """\
Verdict: high variance

                    error  examples    95 % interval  level  how sure
  human             0.0 %
    avoidable bias  1.0 %             0.5 % to 2.0 %  low        98 %
  train             1.0 %       300
    variance        119 %            90.0 % to 150 %  high      >99 %
  dev               120 %       100
  Errors are mean squared errors relative to the variance of the training targets.
"""
    )


def test_a_gap_that_is_judged_in_part_says_so(shown, diagnosis):
    verdict = diagnosis(variance=Gap("low", 0.1, 0.015, (0.0638, 0.1509), 0.6, certain=True))
    assert "low        60 %  judged on 1.5 %" in shown(verdict)


def test_notes_go_to_stderr(diagnosis, capsys):
    show_diagnosis(diagnosis(notes=("One [red]thing[/red].", "Another.")))
    out, err = capsys.readouterr()
    assert "thing" not in out
    assert err == "Note: One [red]thing[/red].\nNote: Another.\n"


@pytest.mark.parametrize(
    ("gap", "doubt"),
    [
        (
            Gap("high", 0.0272, 0.0272, (0.01, 0.045), 0.8, certain=False),
            "the 95 % interval of the variance, 1.0 % to 4.5 %, reaches across 2.0 %",
        ),
        (
            Gap("high", 0.0272, 0.0272, (0.01998, 0.045), 0.97, certain=False),
            "the 95 % interval of the variance, 1.998 % to 4.500 %, reaches across 2.000 %",
        ),
        (
            Gap("high", 0.0272, 0.0272, (0.021, 0.045), 0.96, certain=False),
            "the probability of high variance is 96 %",
        ),
        (
            Gap("high", 0.0372, 0.0272, (0.01, 0.045), 0.8, certain=False),
            "the probability of high variance is 80 %",
        ),
    ],
)
def test_the_verdict_says_in_its_own_line_what_is_not_certain(diagnosis, gap, doubt):
    verdict = diagnosis(variance=gap, figures=Figures(0.01, 0.0372, 0.0, None, 1000, 200))
    assert verdict_line(verdict).plain == f"Verdict: high variance, not certain: {doubt}"


def test_the_share_of_the_excess_is_named_where_it_decides(diagnosis):
    gap = Gap("low", 0.02, 0.02, (-0.006, 0.053), 0.9, certain=False)
    figures = Figures(0.08, 0.3, 0.01, 0.1, 5000, 500, 400)
    line = verdict_line(diagnosis(verdict="high bias", variance=gap, figures=figures, human_error=0.01)).plain
    assert line == (
        "Verdict: high bias, not certain: the 95 % interval of the variance, -0.6 % to 5.3 %, "
        "reaches across 4.3 % (15 % of dev error − human error)"
    )


def test_every_doubt_is_named(diagnosis):
    doubtful = Gap("low", 0.01, 0.01, (0.005, 0.0196), 0.8, certain=False)
    line = verdict_line(diagnosis(bias=doubtful, variance=doubtful, tolerance=0.01, share=0.0)).plain
    assert line.count("reaches across 1.0 %") == 2
    assert "interval of the bias" in line
    assert "interval of the variance" in line


def test_a_verdict_in_a_pipe_is_one_line_and_on_a_terminal_wrapped_between_words(diagnosis, capsys):
    gap = Gap("high", 0.0272, 0.0272, (0.01, 0.045), 0.8, certain=False)
    verdict = diagnosis(variance=gap, figures=Figures(0.01, 0.0372, 0.0, None, 1000, 200))
    show_diagnosis(verdict)
    piped = capsys.readouterr().out.splitlines()
    terminal = Console(file=io.StringIO(), width=60, force_terminal=True, color_system=None)
    show_diagnosis(verdict, terminal, terminal)
    lines = terminal.file.getvalue().splitlines()
    assert piped[0].endswith("reaches across 2.0 %")
    assert max(map(len, lines[:3])) <= 60
    assert " ".join(lines[:2]) == piped[0]


@pytest.mark.parametrize("width", [60, 80, 120])
def test_prose_keeps_within_the_terminal(diagnosis, width):
    terminal = Console(file=io.StringIO(), width=width, force_terminal=True, color_system=None)
    show_diagnosis(diagnosis(suggestions=(L2,), notes=("word " * 50,)), terminal, terminal)
    prose = [line for line in terminal.file.getvalue().splitlines() if "dlrecipe train" not in line]
    assert max(map(len, prose)) <= max(70, min(width, 100))


def test_a_command_is_never_broken(shown, diagnosis):
    command = f"dlrecipe train {'long/' * 40}digits.yaml -S training.lambda=0.3"
    suggestion = type(L2)(L2.id, L2.for_, L2.title, L2.because, L2.patch, command)
    assert f"     {command}\n" in shown(diagnosis(suggestions=(suggestion,)))


def test_several_settings_are_shown_as_a_config_writes_them(shown, diagnosis):
    patch = {"network.layers": [64, 32], "training.optimizer": "adam", "training.patience": None}
    suggestion = type(L2)("several", "bias", "Do both", "Two causes.", patch)
    assert (
        "  1. Do both  network.layers: [64, 32], training.optimizer: adam, training.patience: null\n"
        in shown(diagnosis(suggestions=(suggestion,)))
    )


def test_what_the_recipe_doubts_the_screen_doubts(shown):
    text = shown(diagnose(Figures(0.03, 0.055, 0.02, None, 2000, 300)))
    assert text.startswith("Verdict: high variance, not certain: the 95 % interval of the variance, ")


def test_examples_that_no_one_has_are_said_to_be_out_of_reach(shown):
    near = diagnose(Figures(0.0, 0.028, 0.01, train_size=1079, dev_size=359))
    (advice,) = [one for one in near.suggestions if one.id == "bigger_dev_set"]
    told = " ".join(shown(near).split())
    assert f"{advice.because} That is out of reach with the 1,438 examples there are." in told
    assert "The variance of 1.8 % is only 0.2 points from the 2 % above which it is high" in told
    assert "out of reach" not in str(near.to_dict())


def test_examples_that_can_be_had_are_not(shown):
    far = diagnose(Figures(0.01, 0.045, 0.0, train_size=800, dev_size=200))
    told = shown(far)
    assert "About 500 would settle it" in " ".join(told.split())
    assert "out of reach" not in told
