"""A folder to work in, with configs, data and a finished run, and the program to call there."""

import json
import shlex
import shutil
from typing import NamedTuple

import pytest

from dlrecipe.cli.app import run

CONFIGS = {
    "small.yaml": "data: {source: digits}\nnetwork: {layers: [8]}\ntraining: {epochs: 3}\n",
    "good.yaml": "data: {source: breast-cancer}\nnetwork: {layers: [16]}\ntraining: {lambda: 1}\n",
    "house.yaml": (
        "data: {source: house.csv, target: price}\nnetwork: {layers: []}\ntraining: {optimizer: lbfgs}\n"
    ),
    "wild.yaml": (
        "data: {source: diabetes}\nnetwork: {layers: [8]}\n"
        "training: {optimizer: gd, batch_size: full, learning_rate: 1e6}\n"
    ),
    "wrong.yaml": (
        "data:\n  source: digits\nnetwork:\n  layers: [8]\n  keep_prob: 1.5\ntraining:\n  epochz: 3\n"
    ),
    "broken.yaml": "data: [\n",
    "absent.yaml": "data: {source: absent.csv}\nnetwork: {layers: [8]}\n",
    "holes.yaml": "data: {source: holes.csv, target: price}\nnetwork: {layers: [4]}\n",
    "own-dev.yaml": "data: {source: house.csv, target: price, dev: house.csv}\nnetwork: {layers: []}\n",
}


class Ending(NamedTuple):
    """How a command line ended."""

    status: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


@pytest.fixture(scope="session")
def workshop(tmp_path_factory):
    """Configs, a table, the same with an empty cell, and the finished run `small-0001`."""
    folder = tmp_path_factory.mktemp("workshop")
    for name, text in CONFIGS.items():
        (folder / name).write_text(text)
    rows = [
        f"{size},{rooms},{50 * size + 3 * rooms + (size * rooms) % 7}.5"
        for size in range(9)
        for rooms in range(6)
    ]
    (folder / "house.csv").write_text("\n".join(["size,rooms,price", *rows]))
    (folder / "holes.csv").write_text("\n".join(["size,rooms,price", ",3,10.5", *rows]))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert run(["train", "small.yaml"]) == 0
    return folder


@pytest.fixture
def here(workshop, tmp_path, monkeypatch):
    """A copy of the workshop, as the working directory."""
    folder = tmp_path / "here"
    shutil.copytree(workshop, folder)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def cli(here, capsys):  # noqa: ARG001  # it works there
    """Carry out a command line, as a shell would split it, in `here`."""

    def carry_out(line):
        capsys.readouterr()
        status = run(shlex.split(line))
        return Ending(status, *capsys.readouterr())

    return carry_out
