"""Run folders: numbers, locks, and what is damaged."""

import fcntl
import json
import multiprocessing
import os
from pathlib import Path

import numpy as np
import pytest

from dlrecipe.errors import RunError
from dlrecipe.results import Epoch
from dlrecipe.runs import (
    Lock,
    RunFolder,
    create_folder,
    find_run,
    list_runs,
    newest,
    read_history,
    status,
    write_history,
)
from dlrecipe.runs.archive import read_archive, write_archive
from dlrecipe.runs.lock import is_locked


def create(runs, name="a"):
    folder, lock = create_folder(runs, name, {"config.yaml": "name: a\n"})
    lock.release()
    return folder


def test_numbers_count_up_over_all_names_and_are_never_reused(tmp_path):
    first, second = create(tmp_path, "a"), create(tmp_path, "b.c")
    assert (first.path.name, second.path.name) == ("a-0001", "b.c-0002")
    second.config.unlink()
    (second.path / "lock").unlink()
    second.path.rmdir()
    assert create(tmp_path).path.name == "a-0003"


def test_a_folder_from_elsewhere_neither_counts_nor_is_overwritten(tmp_path):
    (tmp_path / "data-2024").mkdir()
    (tmp_path / "a-0001").mkdir()
    assert create(tmp_path).path.name == "a-0002"
    assert list((tmp_path / "a-0001").iterdir()) == []


def test_a_run_from_elsewhere_counts(tmp_path):
    create(tmp_path / "others").path.rename(tmp_path / "a-0041")
    assert create(tmp_path).path.name == "a-0042"


def create_many(runs):
    return [create(runs).path.name for _ in range(10)]


def test_processes_starting_at_once_never_share_a_number(tmp_path):
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        names = [name for names in pool.map(create_many, [tmp_path] * 4) for name in names]
    assert len(set(names)) == 40
    assert {run.status for run in list_runs(tmp_path)} == {"interrupted"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_refused(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(RunError, match="Choose another folder with --runs"):
        create(tmp_path / "runs")


def test_a_file_in_the_way_is_refused(tmp_path):
    (tmp_path / "runs").write_text("")
    with pytest.raises(RunError, match="Choose another folder with --runs"):
        create(tmp_path / "runs")


def test_a_lock_is_exclusive_and_goes_with_its_owner(tmp_path):
    lock = Lock(tmp_path / "lock")
    assert is_locked(tmp_path / "lock")
    with pytest.raises(RunError, match="being trained by another process"):
        Lock(tmp_path / "lock")
    lock.release()
    assert not is_locked(tmp_path / "lock")
    assert not is_locked(tmp_path / "none")


def test_find_by_path_name_and_number(tmp_path):
    create(tmp_path)
    wanted = create(tmp_path, "b-2")
    for run in (wanted.path, "b-2-0002", "2", 2, "0002"):
        assert find_run(run, tmp_path) == wanted
    with pytest.raises(RunError, match=r"no run 'c-0009'.*a-0001, b-2-0002"):
        find_run("c-0009", tmp_path)


def test_an_unfinished_run_is_never_the_newest(tmp_path):
    create(tmp_path)
    with pytest.raises(RunError, match="no finished run"):
        newest(tmp_path)
    with pytest.raises(RunError, match="no finished run"):
        newest(tmp_path / "none")


def test_a_damaged_result_is_failed_and_not_a_verdict(tmp_path):
    folder = create(tmp_path)
    folder.result.write_text(json.dumps({"schema": 1, "run": "x"}))
    (summary,) = list_runs(tmp_path)
    assert (summary.status, summary.verdict) == ("failed", None)


def test_history_reads_back_to_the_bit(tmp_path):
    rows = (Epoch(0, 0.1, 1 / 3, 1e-300, 0.0, 0.5, 2.0, float("inf"), 1e30, 0.001),)
    write_history(tmp_path / "history.csv", rows)
    assert read_history(tmp_path / "history.csv") == rows
    (tmp_path / "history.csv").write_text("epoch,seconds\n1\n")
    with pytest.raises(RunError, match="missing or damaged"):
        read_history(tmp_path / "history.csv")


@pytest.mark.parametrize("position", [0, 30, 100, 200, -30, -1])
def test_a_flipped_byte_of_an_archive_is_found_or_harmless(tmp_path, position):
    path, theta = tmp_path / "a.npz", np.arange(16.0)
    write_archive(path, {"theta": theta})
    content = bytearray(path.read_bytes())
    content[position] ^= 0x41
    path.write_bytes(content)
    try:
        found = read_archive(path)
    except RunError:
        return
    assert set(found) <= {"theta"}
    assert all((array == theta).all() for array in found.values())


def test_pickles_are_refused(tmp_path):
    np.savez(tmp_path / "a.npz", x=np.array([{}], dtype=object))
    with pytest.raises(RunError, match="damaged"):
        read_archive(tmp_path / "a.npz")


def test_the_files_of_a_run_have_the_contracts_names(tmp_path):
    folder = RunFolder(tmp_path)
    names = (folder.config, folder.history, folder.model, folder.checkpoint, folder.result)
    assert [path.name for path in names] == [
        "config.yaml", "history.csv", "model.npz", "checkpoint.npz", "result.json",
    ]  # fmt: skip


def test_a_run_that_may_not_be_read_hides_no_other(tmp_path, monkeypatch):
    readable, locked = create(tmp_path), create(tmp_path, "locked")
    is_file = Path.is_file

    def refuses(path):
        if path.parent == locked.path:
            raise PermissionError(13, "Permission denied")
        return is_file(path)

    monkeypatch.setattr(Path, "is_file", refuses)
    assert [run.run for run in list_runs(tmp_path)] == [str(readable.path)]


def test_a_lock_waits_for_whoever_only_looks(tmp_path, monkeypatch):
    path = tmp_path / "lock"
    path.touch()
    with path.open() as looking:
        fcntl.flock(looking, fcntl.LOCK_SH)
        monkeypatch.setattr("time.sleep", lambda _: fcntl.flock(looking, fcntl.LOCK_UN))
        Lock(path).release()


def test_a_run_that_is_trained_on_is_running_also_with_a_result(tmp_path):
    folder, lock = create_folder(tmp_path, "a", {"config.yaml": "name: a\n", "result.json": "{}"})
    assert status(folder) == "running"
    lock.release()
    assert status(folder) == "failed"
