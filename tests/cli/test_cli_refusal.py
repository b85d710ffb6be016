import json

import pytest

from dlrecipe.cli import app as program
from dlrecipe.cli.refusal import refuse
from dlrecipe.errors import ConfigError

TWO = ConfigError("a.yaml:1: one.", "a.yaml:2: two.")


def test_every_problem_has_its_line_on_stderr(capsys):
    refuse(TWO, as_json=False)
    assert capsys.readouterr() == ("", "Error: a.yaml:1: one.\nError: a.yaml:2: two.\n")


def test_a_program_gets_one_json_object_on_stdout(capsys):
    refuse(TWO, as_json=True)
    out, err = capsys.readouterr()
    assert json.loads(out) == {
        "schema": 1,
        "error": {"kind": "config", "messages": ["a.yaml:1: one.", "a.yaml:2: two."]},
    }
    assert err == ""


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (MemoryError("Unable to allocate 9 GiB"), "not enough memory: Unable to allocate 9 GiB"),
        (MemoryError(), "not enough memory"),
        (RecursionError(), "nested too deeply"),
    ],
)
def test_what_exhausts_the_machine_is_told_in_words(capsys, error, words):
    refuse(error, as_json=False)
    message = capsys.readouterr().err
    assert message.startswith("Error: ")
    assert words in message


@pytest.mark.parametrize("error", [MemoryError(), RecursionError(), TWO])
def test_a_command_that_raises_it_ends_with_status_2(monkeypatch, capsys, error):
    def raise_it(**_):
        raise error

    monkeypatch.setattr(program, "app", raise_it)
    assert program.run(["schema"]) == 2
    assert "Error: " in capsys.readouterr().err


def test_a_bug_keeps_its_traceback(monkeypatch):
    def fail(**_):
        raise ZeroDivisionError

    monkeypatch.setattr(program, "app", fail)
    with pytest.raises(ZeroDivisionError):
        program.run(["schema"])
