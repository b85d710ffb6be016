"""The program's last words where an interrupt came in disguise."""

import signal
import sys

import pytest

from dlrecipe import __main__ as program


def fail_after(number):
    """A command during which a signal comes that a library answers with an error of its own."""

    def run(_arguments):
        try:
            signal.raise_signal(number)
        except KeyboardInterrupt:
            raise RuntimeError("no compiled object yet") from None

    return run


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_error_in_the_wake_of_a_signal_is_an_interruption(monkeypatch, capsys, number, status):
    monkeypatch.setattr("dlrecipe.cli.app.run", fail_after(number))
    monkeypatch.setattr(sys, "argv", ["dlrecipe", "train", "config.yaml", "--json"])
    with pytest.raises(SystemExit) as ended:
        program.main()
    assert ended.value.code == status
    out, err = capsys.readouterr()
    assert '"interrupted"' in out
    assert "Interrupted." in err


def test_without_a_signal_an_error_is_a_bug_and_keeps_its_traceback(monkeypatch):
    def run(_arguments):
        raise RuntimeError("a bug")

    monkeypatch.setattr("dlrecipe.cli.app.run", run)
    with pytest.raises(RuntimeError, match="a bug"):
        program.main()
