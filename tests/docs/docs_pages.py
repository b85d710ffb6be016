"""The pages of docs/ as what they promise: files to write, commands to run, and what these print.

Pages of the lecture are written while the site is built: `LECTURE` has them, by their path in docs/.
"""

import importlib
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
KOREAN = DOCS / "ko"
sys.path.insert(0, str(DOCS / "generate"))
LECTURE = importlib.import_module("lecture").pages()
PAGES = sorted(page for page in DOCS.rglob("*.md") if KOREAN not in page.parents)

FENCE = re.compile(
    r"(?:<!-- exits (?P<status>\d+) -->\n)?(?P<varies><!-- varies -->\n)?"
    r'(?P<head>```(?P<language>\w+)(?: title="(?P<title>[^"]+)")?\n)'
    r"(?P<body>.*?)(?P<tail>^```$)",
    re.DOTALL | re.MULTILINE,
)
BASH = ("/bin/bash", "-o", "pipefail", "-c")
SHELL = "console"
CODE = "python"
LEFT_OUT = "…"
READERS_FOLDER = "/home/you/work"
CHART = re.compile(r"[\u2500-\u257f\u2800-\u28ff]")
DURATION = re.compile(r"\b\d+(\.\d+)?(e-\d+)? ?(ms|s|seconds?|min)\b")
NUMBER = re.compile(r"[-+]?\d[\d,]*(\.\d+)?(e[-+]?\d+)?")


@dataclass(frozen=True)
class Block:
    """A fenced block: what is between its fences, and where in the page that stands.

    `varies`: a training on another processor may well take another way, so that only the words are held.
    """

    language: str
    title: str | None
    status: int
    varies: bool
    body: str
    start: int
    end: int

    @property
    def commands(self):
        """Each command with the output that is shown for it; a command may go on after a backslash."""
        parts = re.split(r"^\$ ((?:[^\n]*\\\n)*[^\n]*)\n", self.body, flags=re.MULTILINE)
        return list(zip(parts[1::2], parts[2::2], strict=True))


def blocks(text):
    return [
        Block(
            found["language"],
            found["title"],
            int(found["status"] or 0),
            bool(found["varies"]),
            found["body"],
            found.start("body"),
            found.end("body"),
        )
        for found in FENCE.finditer(text)
    ]


def carried_out(text, folder, waits=lambda _: False, *, update=False):
    """Write a page's files, run its code and commands, hold their outputs.

    Returns the text as it should be: what still holds as it is, the rest (only with `update`) as printed now.
    """
    refreshed, shift = text, 0
    for block in blocks(text):
        if waits(block.body):
            continue
        if block.title and block.language != SHELL:
            target = folder / block.title
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(block.body, encoding="utf-8")
        elif block.language == CODE:
            (folder / ".code.py").write_text(block.body, encoding="utf-8")
            status, printed = run("python .code.py", folder)
            assert status == block.status, printed
        elif block.language == SHELL:
            body = _commands_carried_out(block, folder, update=update)
            refreshed = refreshed[: block.start + shift] + body + refreshed[block.end + shift :]
            shift += len(body) - len(block.body)
    return refreshed


def _commands_carried_out(block, folder, *, update):
    body = ""
    for command, shown in block.commands:
        status, printed = run(command, folder)
        assert status == block.status, f"{command}\n{printed}"
        same = alike if block.varies and not update else promised
        holds = not shown.strip() or same(shown, printed)
        assert holds or update, f"{command}\nprints:\n{printed}\nbut the page shows:\n{shown}"
        body += f"$ {command}\n" + (shown if holds else printed.rstrip() + "\n")
    return body


def run(command, folder):
    """The status of a shell command, and what its reader sees: its results, or why it failed."""
    done = subprocess.run(
        [*BASH, command],
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )
    printed = done.stdout + (done.stderr if done.returncode else "")
    return done.returncode, printed.replace(str(folder), READERS_FOLDER)


def environment(folder):
    """A shell's variables in which the programs that pages call are those of these tests."""
    programs = folder / ".programs"
    if not programs.exists():  # once: what another command is just starting cannot be written
        programs.mkdir()
        for name, call in {"dlrecipe": "-m dlrecipe ", "dask": "-m dask ", "python": ""}.items():
            program = programs / name
            program.write_text(f'#!/bin/sh\nexec "{sys.executable}" {call}"$@"\n')
            program.chmod(0o755)
    return {
        **os.environ,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "88",
        "NO_COLOR": "1",
        "LC_ALL": "C.UTF-8",
    }


def words(text):
    """The words of a screen, without charts and durations, however its lines are broken."""
    lines = [line for line in text.splitlines() if not CHART.search(line)]
    return DURATION.sub("0 s", "\n".join(lines)).split()


def same_word(shown, printed):
    """Equal but for what another processor may round otherwise."""
    if NUMBER.sub("0", shown) != NUMBER.sub("0", printed):
        return False
    pairs = zip(NUMBER.finditer(shown), NUMBER.finditer(printed), strict=True)
    return all(_close(float(a[0].replace(",", "")), float(b[0].replace(",", ""))) for a, b in pairs)


def _close(a, b):
    return abs(a - b) <= max(1.0, 0.3 * max(abs(a), abs(b)))


def alike(shown, printed):
    """Whether most words are the same, whatever the figures."""
    without = [[word for word in words(text) if not NUMBER.search(word)] for text in (shown, printed)]
    return SequenceMatcher(None, *without, autojunk=False).ratio() > 0.6


def promised(shown, printed):
    """Whether a program printed what a page shows; … in the page stands for any words."""
    rest = words(printed)
    pieces = re.split(rf"^ *{LEFT_OUT}$", shown, flags=re.MULTILINE)
    for at, piece in enumerate(pieces):
        expected = words(piece)
        starts = range(len(rest) - len(expected) + 1) if at else range(1)
        found = next((start for start in starts if _matches(expected, rest[start:])), None)
        if found is None:
            return False
        rest = rest[found + len(expected) :]
    return not rest or not words(pieces[-1])


def _matches(expected, rest):
    pairs = zip(expected, rest, strict=False)
    return len(expected) <= len(rest) and all(same_word(shown, printed) for shown, printed in pairs)
