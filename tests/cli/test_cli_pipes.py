import os
import sys

import pytest

from dlrecipe.cli.pipes import reader_may_leave


@pytest.fixture
def pipe():
    """A stream into a pipe that nobody reads."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as stream:
        yield stream


def test_a_reader_that_left_is_no_error_and_what_follows_is_said_to_nobody(pipe, monkeypatch):
    monkeypatch.setattr(sys, "stdout", pipe)
    with reader_may_leave():
        pipe.write("hello")
    pipe.write("more")
    pipe.flush()


def test_typers_and_richs_exit_after_a_broken_pipe_is_none_either(pipe, monkeypatch):
    monkeypatch.setattr(sys, "stdout", pipe)
    with reader_may_leave():
        try:
            pipe.write("hello")
            pipe.flush()
        except BrokenPipeError:
            sys.exit(1)
    pipe.flush()


def test_another_exit_stays_one():
    with pytest.raises(SystemExit), reader_may_leave():
        sys.exit(3)
