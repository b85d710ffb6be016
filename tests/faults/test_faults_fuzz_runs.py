"""Models and checkpoints broken by chance, and made up by a stranger: read rightly, or refused."""

import random
from collections import Counter

import numpy as np
import pytest
from faults_fuzz import bounded, mutate
from faults_runs import SMALL

import dlrecipe
from dlrecipe.errors import DlrecipeError
from dlrecipe.experiments.resuming import resume
from dlrecipe.runs import RunFolder, read_checkpoint, read_model
from dlrecipe.runs.archive import read_archive, write_archive

WORDS = (b"PK\x03\x04", b"PK\x01\x02", b"\xff" * 8, b"(9999999999,)", b"'O'", b"W1.npy", b"theta")


@pytest.fixture
def run(config, tmp_path):
    return RunFolder(dlrecipe.train(config(SMALL), tmp_path / "runs").folder)


@pytest.mark.parametrize("file", ["model", "checkpoint"])
@pytest.mark.parametrize("count", [100, pytest.param(5000, marks=pytest.mark.slow)])
def test_a_mutated_archive_is_refused_or_what_it_was(run, tmp_path, figure, file, count):
    path, read = (run.model, read_archive) if file == "model" else (run.checkpoint, read_archive)
    content, true = path.read_bytes(), read(path)
    rng, outcomes, broken = random.Random(count), Counter(), tmp_path / "broken.npz"
    for _ in range(count):
        broken.write_bytes(mutate(content, rng, WORDS))
        with bounded():
            try:
                found = read(broken)
            except DlrecipeError:
                outcomes["refused"] += 1
                continue
        outcomes["harmless"] += 1
        assert {name: found[name].tobytes() for name in found} == {
            name: true[name].tobytes() for name in true
        }
    figure(
        f"mutated {file} files",
        f"{count:,}: {outcomes['refused']:,} refused, {outcomes['harmless']:,} harmless, 0 misread",
    )


def forged(arrays, rng):
    """Arrays under a right checksum of which one or two are not what they should be."""
    arrays = dict(arrays)
    for _ in range(rng.choice((1, 1, 2))):
        name = rng.choice(sorted(arrays))
        array = arrays[name]
        change = rng.randrange(9)
        if change == 0:
            del arrays[name]
        elif change == 1:
            arrays[name] = array.reshape(-1)[: rng.randrange(array.size + 1)]
        elif change == 2:
            arrays[name] = array[None]
        elif change == 3 and array.dtype.kind in "fiub":
            value = rng.choice((np.nan, np.inf, -1, 0, 1e300, 2**62, -(2.0**63)))
            with np.errstate(all="ignore"):
                arrays[name] = np.full_like(array, np.array(value).astype(array.dtype))
        elif change == 4:
            arrays[name] = np.array(rng.choice(("", "x", "adam", "[]", "{}", "null", "relu", "[" * 3000)))
        elif change == 5 and array.dtype.kind in "fiubU":
            arrays[name] = array.astype(
                "S" if array.dtype.kind == "U" else "f8" if array.dtype.kind != "f" else "i8"
            )
        elif change == 6:
            arrays[name] = arrays[rng.choice(sorted(arrays))]
        elif change == 7:
            arrays[rng.choice((name + "x", "W9", "slot_x", "W0"))] = arrays.pop(name)
        else:
            arrays[name] = np.zeros(0, array.dtype)
    return arrays


@pytest.mark.filterwarnings("ignore:invalid value encountered in cast")
@pytest.mark.parametrize("count", [200, pytest.param(5000, marks=pytest.mark.slow)])
def test_a_forged_model_is_refused_or_calculates(run, tmp_path, figure, count):
    arrays, table = read_archive(run.model), tmp_path / "new.csv"
    names = [str(name) for name in arrays["columns"]]
    table.write_text(",".join(names) + "\n" + ",".join("1" for _ in names) + "\n")
    rng, outcomes, file = random.Random(count), Counter(), tmp_path / "forged.npz"
    for _ in range(count):
        write_archive(file, forged(arrays, rng))
        with bounded():
            try:
                model = read_model(file)
                rows = model.encoder.read_unlabelled(str(table))
                with np.errstate(all="ignore"):
                    assert len(model.outputs(rows.X)) == 1
            except DlrecipeError:
                outcomes["refused"] += 1
            else:
                outcomes["calculated"] += 1
    figure("forged model files", f"{count:,}: {outcomes['refused']:,} refused, 0 tracebacks or hangs")


@pytest.mark.filterwarnings("ignore:invalid value encountered in cast")
@pytest.mark.parametrize("count", [100, pytest.param(5000, marks=pytest.mark.slow)])
def test_a_forged_checkpoint_is_refused_or_trains(run, figure, count):
    arrays = read_archive(run.checkpoint)
    rng, outcomes = random.Random(count), Counter()
    run.result.unlink()
    run.previous.unlink()
    for number in range(count):
        write_archive(run.checkpoint, forged(arrays, rng))
        with bounded():
            try:
                read_checkpoint(run.checkpoint)
                if number % 5 == 0:
                    resume(run.path)
            except DlrecipeError:
                outcomes["refused"] += 1
            else:
                outcomes["read"] += 1
        run.result.unlink(missing_ok=True)
        run.previous.unlink(missing_ok=True)
    figure("forged checkpoints", f"{count:,}: {outcomes['refused']:,} refused, 0 tracebacks or hangs")
