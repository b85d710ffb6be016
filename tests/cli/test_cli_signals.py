import ctypes
import signal
import time

import pytest

from dlrecipe.cli.signals import ONE_REQUEST, StopRequest, stop_signals
from dlrecipe.cli.status import Status


@pytest.mark.parametrize(
    ("number", "status"),
    [
        (signal.SIGINT, Status.INTERRUPTED),
        (signal.SIGTERM, Status.TERMINATED),
        (signal.SIGHUP, Status.TERMINATED),
    ],
)
def test_a_signal_interrupts_and_is_remembered(number, status):
    with stop_signals() as request:
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(number)
        assert request.status == status


def test_without_a_signal_an_interruption_is_a_persons():
    assert StopRequest().status == Status.INTERRUPTED


def test_the_same_signal_sent_twice_at_once_interrupts_once():
    with stop_signals():
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGTERM)


def test_a_second_signal_later_interrupts_what_the_first_one_started():
    with stop_signals() as request:
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        request.when -= ONE_REQUEST
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_an_ignored_signal_stays_ignored():
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with stop_signals():
            signal.raise_signal(signal.SIGHUP)
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


def test_the_handlers_of_before_come_back():
    before = signal.getsignal(signal.SIGINT)
    with stop_signals():
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before


def called_by_c(received):
    """Be interrupted where Python cannot pass an exception on: in a callback of C code."""

    @ctypes.CFUNCTYPE(None)
    def callback():
        received.append("called")
        signal.raise_signal(signal.SIGINT)

    callback()
    time.sleep(10)


def test_an_interrupt_that_c_code_swallows_is_made_good(capsys):
    received = []
    with stop_signals() as request, pytest.raises(KeyboardInterrupt):
        called_by_c(received)
    assert received == ["called"]
    assert request.status == Status.INTERRUPTED
    assert capsys.readouterr().err == ""
