"""What stands on the screen, to the letter."""

import io
import subprocess
import sys
from textwrap import dedent

import pytest
from report_histories import falling, judged
from rich.console import Console

from dlrecipe import report
from dlrecipe.errors import UsageError
from dlrecipe.report.console import SUBSTITUTES, console, expressible
from dlrecipe.report.percent import percent, percents, sureness
from dlrecipe.report.verdict import verdict_line
from dlrecipe.results import Block, Entry, Evaluation, GradientCheck, GradientReport, RunList, RunSummary


def test_a_diagnosis_to_the_letter(screen):
    report.show_diagnosis(
        judged(train_error=0.01, dev_error=0.11, dev_size=500, train_size=2000), screen, screen
    )
    head = screen.text().split("What to do")[0]
    expected = """\
        Verdict: high variance

                             error  examples    95 % interval  level  how sure
          human              0.0 %   assumed
            avoidable bias   1.0 %             0.6 % to 1.5 %  low       >99 %
          train              1.0 %     2,000
            variance        10.0 %            7.5 % to 13.0 %  high      >99 %
          dev               11.0 %       500
        """
    assert head.split("Note")[0].rstrip() == dedent(expected).rstrip()
    assert "  1. " in screen.text()


def test_a_doubt_stands_in_the_verdicts_own_line():
    line = verdict_line(judged(train_error=0.01, dev_error=0.04, dev_size=300, train_size=1000)).plain
    assert line == (
        "Verdict: high variance, not certain: "
        "the 95 % interval of the variance, 1.3 % to 5.9 %, reaches across 2.0 %"
    )


def test_without_sizes_nothing_is_said_of_certainty(screen):
    report.show_diagnosis(judged(train_error=0.15, dev_error=0.16), screen, screen)
    assert "Verdict: high bias\n" in screen.text()
    assert "how sure" not in screen.text()
    assert "interval" not in screen.text().split("What to do")[0].split("Note")[0]


def test_mismatch_has_its_own_rows(screen):
    figures = {"train_error": 0.01, "train_dev_error": 0.015, "dev_error": 0.1}
    report.show_diagnosis(judged(**figures), screen, screen)
    assert "Verdict: high mismatch" in screen.text()
    assert "train-dev" in screen.text()


@pytest.mark.parametrize(
    ("fraction", "text"),
    [
        (0.0312, "3.1 %"), (0.004, "0.4 %"), (0.00031, "0.03 %"), (1.2, "120 %"), (0.0, "0.0 %"),
        (-0.023, "-2.3 %"), (float("nan"), "not finite"), (0.9999, "100 %"), (3e-12, "0.0 %"),
    ],
)  # fmt: skip
def test_percent(fraction, text):
    assert percent(fraction) == text


def test_percents_tell_different_figures_apart():
    assert percents(0.0201, 0.02) == ("2.01 %", "2.00 %")
    assert percents(0.5, 0.5) == ("50.0 %", "50.0 %")


def test_nothing_measured_is_wholly_sure():
    assert (sureness(0.9999), sureness(0.57), sureness(0.001)) == (">99 %", "57 %", "<1 %")


def check(difference, verdict, passed):
    blocks = (Block("dW1", difference), Block("db1", 1e-9))
    worst = (Entry("dW1", (0, 3), 0.25, 0.5),)
    return GradientCheck("initialization", 0, difference, verdict, blocks, ("a note",), passed, worst)


def test_a_failed_gradient_check_says_where_to_look(screen):
    report.show_gradcheck(
        GradientReport(False, 1e-7, 20, "fast", 100, (check(0.3, "worry", False),)), screen, screen
    )  # the value's own field
    text = screen.text()
    assert "initialization: worry, difference 0.3" in text
    assert "dW1[0, 3]  differences 0.25  backprop 0.5" in text
    assert "Not passed: look at how dW1 is computed." in text


def test_a_passed_gradient_check_is_short(screen):
    report.show_gradcheck(
        GradientReport(True, 1e-7, 20, "fast", 100, (check(1e-9, "great", True),)), screen, screen
    )  # the value's own field
    assert "Passed: backprop is right." in screen.text()
    assert "disagree" not in screen.text()


def test_an_evaluation_and_a_list_of_runs(screen):
    report.show_evaluation(Evaluation(359, 0.0223, 0.08, (0.0113, 0.0435), "runs/a-0001", "test"), screen)
    report.show_runs(RunList((RunSummary("runs/[a]-0001", "finished", 0.05, "high bias"),)), screen)
    report.show_runs(RunList(()), screen)
    text = screen.text()
    assert "Test error: 2.2 %" in text
    assert "95 % interval 1.1 % to 4.3 %, from 359 examples" in text or "1.1 % to 4.4 %" in text
    assert "runs/[a]-0001  finished      5.0 %  high bias" in text
    assert "No runs yet" in text


def test_watch_passes_everything_on_and_is_quiet_in_a_pipe(screen):
    stream = iter(falling())
    assert report.watch("a", 10, screen)(stream) is stream


def test_watch_shows_a_bar_where_somebody_watches():
    shown = io.StringIO()
    terminal = Console(file=shown, width=120, force_terminal=True)
    assert list(report.watch("digits [x]", 10, terminal)(iter(falling()))) == list(falling())
    assert "digits [x]" in shown.getvalue()
    assert "dev 60.0 %" in shown.getvalue()
    assert shown.getvalue().rstrip().endswith("\x1b[2K") or "\x1b[?25h" in shown.getvalue()


def test_a_stream_that_lacks_characters_gets_others(monkeypatch):
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii", write_through=True))
    out = console()
    out.print("λ ≤ 1 − ε ☃")
    assert raw.getvalue() == b"lambda <= 1 - epsilon ?\n"
    assert not expressible(out, "⣿")
    assert all(text.isascii() for text in SUBSTITUTES.values())


def test_the_picture_is_a_picture(tmp_path):
    diagnosis = judged(train_error=0.01, dev_error=0.11)
    report.plot_history(falling(), diagnosis, tmp_path / "a.png")
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "a.png").stat().st_size > 10_000
    report.plot_history(falling(), diagnosis, tmp_path / "a.svg")
    assert (
        "Verdict: high variance" in (tmp_path / "a.svg").read_text()
        or (tmp_path / "a.svg").stat().st_size > 10_000
    )
    with pytest.raises(UsageError, match=r"\.png, \.svg, \.pdf"):
        report.plot_history(falling(), diagnosis, tmp_path / "a.bmp")
    with pytest.raises(UsageError, match="could not be written"):
        report.plot_history(falling(), diagnosis, tmp_path / "none" / "a.png")


def test_training_never_imports_what_draws():
    looked_for = "{'matplotlib', 'rich.progress'}"
    code = f"import sys, dlrecipe.report, dlrecipe.experiments; print({looked_for} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
