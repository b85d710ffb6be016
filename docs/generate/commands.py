"""Every command, from its help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typer.main import get_command

from dlrecipe.cli.app import app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click import Command

INTRODUCTION = """# Commands

Results go to stdout, progress and notes to stderr. With `--json` stdout is one JSON object and nothing else:
its fields are in [JSON results](json.md).

| exit status | meaning |
|---|---|
| 0 | done |
| 1 | the answer is no: a check failed, `--fail-on` matched, a training diverged |
| 2 | the request is wrong: config, data or usage |
| 130, 143 | interrupted or terminated, after saving |

This page is written from the program's own help.
"""


def page() -> str:
    """Return the page."""
    return "\n".join([INTRODUCTION, *(_section(name, command) for name, command in _every(get_command(app)))])


def _every(group: Command, before: str = "dlrecipe") -> Iterator[tuple[str, Command]]:
    for name, command in getattr(group, "commands", {}).items():
        path = f"{before} {name}"
        if not hasattr(command, "commands"):
            yield path, command
        yield from _every(command, path)


def _section(name: str, command: Command) -> str:
    context = command.make_context(name, [], resilient_parsing=True)
    sentence, _, example = (command.help or "").partition("\n\nExample: ")
    lines = [f"## {name}", "", sentence.strip(), ""]
    if example:
        lines += ["```text", f"$ {' '.join(example.split())}", "```", ""]
    rows = [record for each in command.params if (record := each.get_help_record(context))]
    lines += ["| argument or option | meaning |", "|---|---|"]
    lines += [f"| `{_cell(names)}` | {_cell(meaning)} |" for names, meaning in rows]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.removesuffix(" <str>").split()).replace("|", "\\|")
