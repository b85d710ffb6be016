"""Flipped bytes and lost ends of every file of a run folder: recognised or harmless, never a wrong answer."""

import json
import random
import shutil
from collections import Counter

import pytest
from faults_runs import SMALL, bits

import dlrecipe
from dlrecipe.cli.app import run as command
from dlrecipe.runs import RunFolder

FILES = (
    *("config.yaml", "history.csv", "model.npz", "result.json"),
    *("checkpoint.npz", "checkpoint-previous.npz", "lock"),
)


def interrupt_after(epochs):
    """Pass epochs on, then do what Ctrl-C does."""

    def watch(stream):
        for epoch in stream:
            yield epoch
            if epoch.epoch == epochs:
                raise KeyboardInterrupt

    return watch


def damages(content, count, rng):
    """Yield the content with one byte flipped or its end cut off, `count` times each."""
    for _ in range(count):
        if content:
            at = rng.randrange(len(content))
            yield content[:at] + bytes([content[at] ^ (1 << rng.randrange(8))]) + content[at + 1 :]
            yield content[:at]
        else:
            yield bytes([rng.randrange(256)])


def answer(capsys, *words):
    """Return the status and what a program would read, without what says how it came about."""
    capsys.readouterr()
    status = command([*words, "--json"])
    document = json.loads(capsys.readouterr().out)
    made = ("notes", "suggestions", "checksum", "seconds", "files", "environment", "config")
    return status, {key: value for key, value in document.items() if key not in made}


@pytest.fixture
def pristine(config, tmp_path):
    """A finished run and an interrupted one of the same training, each with its place under `runs`."""
    done = dlrecipe.train(config(SMALL), tmp_path / "runs").folder
    cut = dlrecipe.train(config(SMALL), tmp_path / "runs", watch=interrupt_after(4)).folder
    shutil.copytree(tmp_path / "runs", tmp_path / "pristine")
    return tmp_path / "pristine" / done.name, tmp_path / "pristine" / cut.name, tmp_path / "runs"


def copies(original, runs, count, rng):
    """Yield the name of a file and the run with that file damaged, again and again."""
    folder = runs / original.name
    for file in FILES:
        if not (original / file).exists():
            continue
        for damaged in damages((original / file).read_bytes(), count, rng):
            shutil.rmtree(folder)
            shutil.copytree(original, folder)
            (folder / file).write_bytes(damaged)
            yield file, folder


COUNTS = pytest.mark.parametrize("count", [1, pytest.param(50, marks=pytest.mark.slow)])


@COUNTS
def test_a_damaged_run_never_gives_a_wrong_answer(pristine, capsys, figure, count):
    original, _, runs = pristine
    questions = [(word, str(runs / original.name)) for word in ("diagnose", "evaluate", "resume")]
    truth = [answer(capsys, *words)[1] for words in questions]
    whole = bits(original)
    outcomes = Counter()
    for file, folder in copies(original, runs, count, random.Random(count)):
        for words, true in zip(questions, truth, strict=True):
            status, found = answer(capsys, *words)
            outcomes[status] += 1
            assert status in (0, 2), (file, words)
            assert status == 2 or found == true, (file, words)
        if status == 0:
            assert bits(folder) == whole, file
    assert outcomes[2]
    figure("damaged finished runs", f"{outcomes.total()} answers, {outcomes[2]} refused, 0 wrong")


@COUNTS
def test_a_damaged_run_resumes_to_the_same_bits_or_not_at_all(pristine, capsys, figure, count):
    done, original, runs = pristine
    whole = bits(done)
    outcomes = Counter()
    for file, folder in copies(original, runs, count, random.Random(count)):
        status, _ = answer(capsys, "resume", str(folder))
        outcomes[status] += 1
        assert status in (0, 2), file
        if status == 0:
            assert bits(folder) == whole, file
        elif file != "config.yaml":
            pytest.fail(f"{file} should have done no harm")
    figure("damaged interrupted runs", f"{outcomes.total()} resumes, {outcomes[2]} refused, 0 to other bits")


def test_a_damaged_checkpoint_is_told_and_the_one_before_is_used(pristine, capsys):
    done, _, runs = pristine
    folder = RunFolder(runs / "small-0002")
    folder.checkpoint.write_bytes(folder.checkpoint.read_bytes()[:-100])
    assert command(["resume", str(folder.path)]) == 0
    assert "The checkpoint before it, of epoch" in capsys.readouterr().err
    assert bits(folder.path) == bits(done)


def test_without_a_whole_checkpoint_nothing_is_made_up(pristine, capsys):
    _, _, runs = pristine
    folder = RunFolder(runs / "small-0002")
    for file in (folder.checkpoint, folder.previous):
        file.write_bytes(b"")
    assert command(["resume", str(folder.path)]) == 2
    assert "No other checkpoint is left: train again" in capsys.readouterr().err


def test_an_edited_config_is_told_as_changed(pristine, capsys):
    _, _, runs = pristine
    for number in ("small-0001", "small-0002"):
        file = RunFolder(runs / number).config
        file.write_text(file.read_text().replace("tolerance: 0.02", "tolerance: 0.5"))
    assert command(["diagnose", str(runs / "small-0001"), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["tolerance"] == 0.02
    assert "was changed after the training (recipe.tolerance: 0.02 -> 0.5)" in found["notes"][0]
    assert command(["resume", str(runs / "small-0002")]) == 2
    assert "was changed since the training began: recipe.tolerance: 0.02 -> 0.5" in capsys.readouterr().err


def test_a_damaged_newest_run_is_not_passed_over_for_an_older_one(pristine, capsys):
    _, _, runs = pristine
    assert command(["resume", "--runs", str(runs)]) == 0
    file = RunFolder(runs / "small-0002").result
    file.write_bytes(file.read_bytes()[:-50])
    capsys.readouterr()
    assert command(["diagnose", "--runs", str(runs)]) == 2
    assert "small-0002/result.json is damaged" in capsys.readouterr().err
