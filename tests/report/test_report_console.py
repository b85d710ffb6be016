import io
import sys

import pytest
from rich.text import Text

from dlrecipe.report import show_diagnosis
from dlrecipe.report.console import console, error_console


class Terminal(io.StringIO):
    def isatty(self):
        return True


def watched(monkeypatch, **environment):
    """Make stdout and stderr terminals; in the test itself, as pytest sets them between its phases."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in {"TERM": "xterm-256color", "COLUMNS": "80", **environment}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stdout", Terminal())
    monkeypatch.setattr(sys, "stderr", Terminal())
    return sys.stdout


def written_in(encoding, monkeypatch, text):
    stream = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(stream, encoding))
    console().print(Text(text))
    sys.stdout.flush()
    return stream.getvalue().decode(encoding)


def test_a_terminal_has_colour_and_its_own_width(monkeypatch, diagnosis):
    terminal = watched(monkeypatch)
    show_diagnosis(diagnosis())
    assert "\x1b[1;31mhigh variance" in terminal.getvalue()
    assert console().width == 80


def test_no_color_means_no_escape_at_all(monkeypatch, diagnosis):
    terminal = watched(monkeypatch, NO_COLOR="1")
    show_diagnosis(diagnosis())
    assert "Verdict: high variance\n" in terminal.getvalue()
    assert "\x1b" not in terminal.getvalue()


def test_a_pipe_is_plain_whatever_is_forced(monkeypatch, capsys, diagnosis):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "20")
    show_diagnosis(diagnosis())
    assert "\x1b" not in capsys.readouterr().out
    assert console().width == 100


def test_the_consoles_follow_the_streams_of_the_moment(capsys):
    console().print("result")
    error_console().print("note")
    assert capsys.readouterr() == ("result\n", "note\n")


def test_what_looks_like_markup_is_text(capsys):
    console().print("[bold]a[/bold] :smile:")
    assert capsys.readouterr().out == "[bold]a[/bold] :smile:\n"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("utf-8", "λ ≤ ½ − ü …\n"), ("ascii", "lambda <= 1/2 - ? ...\n"), ("cp1252", "lambda <= ½ - ü …\n")],
)
def test_a_stream_gets_what_it_can_write(encoding, text, monkeypatch):
    assert written_in(encoding, monkeypatch, "λ ≤ ½ − ü …") == text


def test_a_file_name_that_is_no_text_is_written_somehow(monkeypatch):
    assert written_in("utf-8", monkeypatch, "run-\udcff") == "run-?\n"
