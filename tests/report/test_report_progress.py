import io
import subprocess
import sys

import pytest
from rich.console import Console

from dlrecipe.language import speak
from dlrecipe.report import watch, watch_count
from dlrecipe.report.live import _time_left

HIDE, SHOW = "\x1b[?25l", "\x1b[?25h"


@pytest.fixture
def terminal():
    return Console(
        file=io.StringIO(), width=80, force_terminal=True, _environ={"TERM": "xterm"}, color_system=None
    )


def written(terminal):
    return terminal.file.getvalue()


def test_in_a_pipe_the_iterator_is_untouched(history, capsys):
    stream = iter(history)
    assert watch("digits", 100)(stream) is stream
    assert list(stream) == list(history)
    assert capsys.readouterr() == ("", "")


def test_a_terminal_that_cannot_move_its_cursor_is_left_alone(history):
    stream = iter(history)
    dumb = Console(file=io.StringIO(), force_terminal=True, _environ={"TERM": "dumb"})
    assert watch("digits", 100, dumb)(stream) is stream


@pytest.mark.parametrize("total", [100, 30, 0, None])
def test_every_record_is_passed_on_unchanged(history, terminal, total):
    passed = list(watch("digits", total, terminal)(iter(history)))
    assert all(one is other for one, other in zip(passed, history, strict=True))
    assert "J 2.1   train error 91.0 %   dev error 90.0 %   best 90.0 % in epoch 0" in written(terminal)


def test_the_display_says_where_training_is(history, terminal, monkeypatch):
    monkeypatch.setattr("dlrecipe.report.live.REFRESH", 0.0)
    list(watch("digits [x]", 100, terminal)(iter(history)))
    assert "digits [x]" in written(terminal)
    assert "epoch 30/100  0:07 left" in written(terminal)
    assert "best 10.5 % in epoch 30" in written(terminal)


def test_it_is_drawn_when_due_and_not_for_every_epoch(history, terminal, monkeypatch):
    monkeypatch.setattr("dlrecipe.report.live.monotonic", lambda: 1.0)
    list(watch("digits", 100, terminal)(iter(history)))
    assert "epoch 0/100" in written(terminal)
    assert "epoch 1/100" not in written(terminal)


def test_a_loop_that_is_left_restores_the_terminal(history, terminal):
    shown = watch("digits", 100, terminal)(iter(history))
    next(shown), next(shown)
    assert HIDE in written(terminal)
    assert SHOW not in written(terminal)
    shown.close()
    assert SHOW in written(terminal)


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_an_error_in_training_restores_the_terminal_and_is_passed_on(history, terminal, error):
    def interrupted():
        yield from history[:3]
        raise error

    with pytest.raises(error):
        list(watch("digits", 100, terminal)(interrupted()))
    assert written(terminal).rindex(SHOW) > written(terminal).rindex(HIDE)


def test_an_interrupt_while_drawing_has_handed_the_record_on(history, terminal, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("dlrecipe.report.live._display", interrupt)
    seen = []

    def train():
        for record in watch("digits", 100, terminal)(iter(history)):
            seen.append(record)  # noqa: PERF402  # what was seen before the interrupt counts

    with pytest.raises(KeyboardInterrupt):
        train()
    assert seen == [history[0]]
    assert SHOW in written(terminal)


@pytest.mark.parametrize(
    ("epoch", "seconds", "total", "text"),
    [
        (0, 0.0, 100, "-:-- left"),
        (10, 1.0, 100, "0:09 left"),
        (10, 600.0, 100, "1:30:00 left"),
        (10, float("nan"), 100, "-:-- left"),
        (12, 1.0, 10, "0:00 left"),
    ],
)
def test_time_left(history, epoch, seconds, total, text):
    assert _time_left(history[0]._replace(epoch=epoch, seconds=seconds), total) == text


def test_importing_the_room_imports_neither_a_display_nor_matplotlib():
    program = """
import sys
from dlrecipe import experiments, report
report.watch("digits", 3)(iter(()))
print([name for name in ("matplotlib", "rich.progress", "rich.live") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_trainings_that_are_done_are_counted_in_the_readers_language(terminal):
    speak("ko")
    counts = [(1, 3), (3, 3)]
    assert list(watch_count("learning curve of digits", terminal)(iter(counts))) == counts
    assert "학습 곡선: digits" in written(terminal)
    assert "learning curve" not in written(terminal)
