"""The schema in the language server of editors: it accepts what `init` writes, and marks what is wrong."""

import shutil

import pytest
from language_server import editing

from dlrecipe.cli.app import run

SERVER = shutil.which("yaml-language-server")
pytestmark = pytest.mark.skipif(SERVER is None, reason="npm install --global yaml-language-server")

WRONG = """\
# yaml-language-server: $schema=dlrecipe.schema.json
data:
  source: digits
network:
  layers: [8]
  activation: rellu
training:
  epochz: 3
  schedule: {kind: step, evry: 2}
"""


@pytest.fixture
def editor(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(["init", "mine.yaml"]) == 0
    with editing(SERVER, tmp_path) as opened:
        yield opened


def test_what_init_writes_has_its_schema_beside_it_and_nothing_wrong(editor, tmp_path):
    assert editor.open(tmp_path / "mine.yaml") == []


def test_mistakes_are_marked_in_their_lines(editor, tmp_path):
    (tmp_path / "wrong.yaml").write_text(WRONG)
    found = editor.open(tmp_path / "wrong.yaml")
    assert {line for line, _ in found} >= {6, 8, 9}
    said = dict(found)
    assert '"relu"' in said[6]
    assert "epochz" in said[8]


def test_keys_are_completed_and_explained(editor, tmp_path):
    file = tmp_path / "mine.yaml"
    editor.open(file)
    lines = file.read_text(encoding="utf-8").splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("  learning_rate:"))
    place = {"textDocument": {"uri": file.as_uri()}, "position": {"line": at, "character": 4}}
    assert "step" in str(editor.request("textDocument/hover", **place)["contents"])
    (tmp_path / "half.yaml").write_text(WRONG.split("  epochz", maxsplit=1)[0] + "  lear\n")
    half = {
        "textDocument": {"uri": (tmp_path / "half.yaml").as_uri()},
        "position": {"line": 7, "character": 6},
    }
    editor.open(tmp_path / "half.yaml")
    offered = editor.request("textDocument/completion", **half)["items"]
    assert "learning_rate" in [item["label"] for item in offered]
