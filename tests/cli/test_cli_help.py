import shlex
from importlib.metadata import version

import pytest
import typer
from typer.main import get_command

from dlrecipe.cli.app import app, run
from dlrecipe.cli.refusal import BadUsage


def _commands(group, path=()):
    for name, command in group.commands.items():
        yield (*path, name), command
        if hasattr(command, "commands"):
            yield from _commands(command, (*path, name))


COMMANDS = dict(_commands(get_command(app)))


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_help_is_one_sentence_then_an_example(path, capsys):
    assert run([*path, "--help"]) == 0
    out, err = capsys.readouterr()
    usage, sentence, example, *_ = out.split("\n\n")
    assert usage.startswith(f"Usage: dlrecipe {' '.join(path)}")
    assert sentence.strip().endswith(".")
    assert sentence.count(".") == 1
    assert example.startswith(f"  Example: dlrecipe {' '.join(path)}")
    assert err == ""


def test_the_list_of_commands_cuts_no_sentence_off(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    run(["--help"])
    assert "..." not in capsys.readouterr().out.split("Commands:")[1]


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_the_short_option_asks_for_the_same_help(path, capsys):
    run([*path, "--help"])
    long = capsys.readouterr().out
    run([*path, "-h"])
    assert capsys.readouterr().out == long


@pytest.mark.parametrize("path", [path for path in COMMANDS if path != ("runs",)], ids=" ".join)
def test_the_example_has_only_options_that_exist(path):
    command = COMMANDS[path]
    words = shlex.split(command.help.split("Example: ")[1])
    arguments = words[1 + len(path) :]
    if ">" in arguments:
        arguments = arguments[: arguments.index(">")]
    command.make_context("example", arguments)


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_option_is_explained(path):
    unexplained = [
        param.name
        for param in COMMANDS[path].params
        if not getattr(param, "help", None) and param.name != "help"
    ]
    assert unexplained == []


def test_without_a_command_there_is_help(capsys):
    assert run([]) == 0
    alone = capsys.readouterr().out
    run(["--help"])
    assert alone == capsys.readouterr().out
    assert "dlrecipe init" in alone


def test_the_version_is_the_packages(capsys):
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"dlrecipe {version('dlrecipe')}\n"


def test_usage_errors_are_typers_own_type():
    assert issubclass(typer.BadParameter, BadUsage)
    assert BadUsage is not Exception
