"""Every message that the source can make: its strings and f-strings, their places as {0}, {1}, …."""

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "dlrecipe"
CATALOGUE = PACKAGE / "language" / "ko.po"

SPEAKERS = (
    "recipe/**/*.py",
    "lecture/**/*.py",
    "data/**/*.py",
    "training/metrics.py",
    "experiments/augmenting.py",
    "experiments/comparing.py",
    "experiments/diagnosing.py",
    "experiments/pairs.py",
    "experiments/loop.py",
    "experiments/probing.py",
    "experiments/search.py",
    "experiments/tracking.py",
    "runs/checkpoint.py",
    "runs/meant.py",
    "report/*.py",
    "report/html/figures.py",
    "report/html/lines.py",
    "cli/curve.py",
    "cli/diagnose.py",
    "cli/ending.py",
    "cli/lecture.py",
    "cli/meant.py",
    "cli/report.py",
    "cli/studies.py",
    "cli/train.py",
)
"""Where sentences are made that verdict, suggestions, notes and the lecture show."""

TEMPLATES = sorted((PACKAGE / "report" / "html" / "templates").glob("*.j2"))
"""Pages whose texts stand in strings, too."""

SILENT = {
    "recipe/figures.py",  # refusals, which are English
    "data/calendar.py",
    "data/inputs.py",
    "data/survey.py",
    "lecture/contents.py",
    "data/sources/files.py",
    "data/sources/header.py",
    "data/sources/roles.py",
    "data/sources/dates.py",  # formats
    "report/check.py",  # screens of commands without --lang
    "report/comparison.py",
    "report/gradcheck.py",
    "report/live_sweep.py",
    "report/runs.py",
    "report/plot.py",  # its fonts may lack Korean
    "report/predictions.py",
    "report/sweep.py",
    "report/validation.py",
}

REFUSALS = re.compile(
    r"""
    pictures\ of\ \{0\}\ pixels | \{0\}\ inputs
    | above\ train | equal\ steps  # words that rooms say to each other
    | the\ array | row\ \{0\}\ \(\{1\}\) | row\ 1\ is\ the\ one\ below\ the\ header | counted\ from\ 1
    | is\ \{0\}\ in\ every\ training\ row | has\ values\ that\ are\ too\ large
    | .*\ is\ infinite\ in\ .* | .*\ missing\ cells,\ .* | …\ and\ \{0\}\ more\ columns\.
    | Columns\ that\ are\ no\ inputs.* | .*\ has\ the\ type\ .* | .*\ in\ the\ training\ data,\ but\ .*
    | more\ than\ (\{0\}\ classes|0) | at\ least\ \d | a\ class\ of\ its\ own\ for\ every\ row
    """,
    re.VERBOSE,
)
"""Parts of errors, which are English, and of names that nobody reads."""

NO_MESSAGES = re.compile(
    r"""
    [\w{}]+(\ and\ \w+)?\ must\ (be|hold)\ .*  # refusals
    | (\{0\}:?\ ?)?dlrecipe\ (diagnose|evaluate|gradcheck|lecture|runs|sweep|train)\b.*   # commands
    | --fail-on\ \{0\}: | bold\ \w+ | dot\ .* | line\ .* | whisker\ .*  # styles and classes
    | J\ =\ \{0\}.* | [^A-Za-z]* | (\{\d\}\W*)+s?    # figures only
    | [\W\d]*<.*                   # HTML
    | .*(viewBox|stroke=|width=|[xc]x?=|r=").*
    | \n:root.*
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class Said:
    """A message of the source; `plural` where it is a number of things."""

    english: str
    plural: str | None
    file: str


@cache
def said():
    """Return every message, each once, in the order of the files."""
    found = {}
    for file in _files():
        for english, plural in _messages(ast.parse(file.read_text(encoding="utf-8"))):
            found.setdefault(english, Said(english, plural, str(file.relative_to(ROOT))))
    for page in TEMPLATES:
        for text in template_strings(page):
            if _is_sentence(text) and not text.isspace():
                found.setdefault(text, Said(text, None, str(page.relative_to(ROOT))))
    return tuple(found.values())


@cache
def written():
    """Return every string of the source, the single words and the figures' names among them."""
    nodes = (
        node
        for file in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    )
    in_code = {text for node in nodes if (text := _template(node)) is not None}
    return frozenset(in_code.union(*map(template_strings, TEMPLATES)))


def template_strings(page):
    """Return the strings in the expressions of a Jinja template."""
    tokens = Environment(autoescape=True).lex(page.read_text(encoding="utf-8"))
    return [ast.literal_eval(text).lstrip("<") for _, kind, text in tokens if kind == "string"]


def _files():
    files = [file for pattern in SPEAKERS for file in sorted(PACKAGE.glob(pattern))]
    return [file for file in files if str(file.relative_to(PACKAGE)) not in SILENT]


def _messages(tree):
    unsaid = _unsaid(tree)
    for node in ast.walk(tree):
        if node in unsaid:
            continue
        if isinstance(node, ast.Call) and _counts(node):
            noun = _template(node.args[1])
            one = re.sub(r"\{(\d)\}", lambda place: f"{{{int(place[1]) + 1}}}", noun)
            yield f"{{0}} {one}", f"{{0}} {one}s"
        text = _template(node)
        if text is not None and _is_sentence(text):
            yield _joined_on(text), None


def _template(node):
    """Return a string, or an f-string with its places numbered; of other nodes, None."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if not isinstance(node, ast.JoinedStr):
        return None
    text, places = "", 0
    for piece in node.values:
        if isinstance(piece, ast.Constant):
            text += piece.value
        else:
            text, places = f"{text}{{{places}}}", places + 1
    return text


def _is_sentence(text):
    joined = _joined_on(text)
    return " " in joined and not REFUSALS.fullmatch(joined) and not NO_MESSAGES.fullmatch(joined)


def _joined_on(text):
    """Return a message without what joins it to the one before."""
    return re.sub(r"^[;,]? +", "", text).rstrip(" ")


def _unsaid(tree):
    """Return the nodes in docstrings, errors, types, and what is within an f-string besides its calls."""
    unsaid = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            unsaid.add(node.value)
        elif isinstance(node, ast.Raise) or _refuses(node):
            unsaid.update(ast.walk(node))
        elif isinstance(node, ast.Call) and _counts(node):
            unsaid.add(node.args[1])
        elif isinstance(node, ast.AnnAssign | ast.arg) and node.annotation is not None:
            unsaid.update(ast.walk(node.annotation))
        elif isinstance(node, ast.FunctionDef) and node.returns is not None:
            unsaid.update(ast.walk(node.returns))
        elif isinstance(node, ast.JoinedStr):
            unsaid.update(piece for piece in node.values if isinstance(piece, ast.Constant))
    return unsaid


def _refuses(node):
    """Whether a node makes an error, or an option's help."""
    return isinstance(node, ast.Call) and re.search("Error$|^_refuse$|^Argument$|^Option$", _name(node.func))


def _counts(call):
    """Whether a call writes a number of things, as `count(3, "example")` does."""
    counts = _name(call.func) in {"count", "_count"} and len(call.args) > 1
    return counts and _template(call.args[1]) is not None


def _name(function):
    return getattr(function, "attr", getattr(function, "id", ""))
