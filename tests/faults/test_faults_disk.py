"""A disk that fills up at any moment, and folders that may not be written to."""

import os
import resource
import shutil
import subprocess
from contextlib import contextmanager

import pytest
from faults_children import in_child
from faults_runs import SMALL, bits

import dlrecipe
from dlrecipe.cli.app import run as command
from dlrecipe.errors import RunError
from dlrecipe.runs import RunFolder, latest_checkpoint, list_runs

SIZE = 512 * 1024


@contextmanager
def mounted(folder, options):
    """A small file system of its own in memory; the test is skipped where mounting is not allowed."""
    folder.mkdir()
    mount = shutil.which("mount") or "mount"
    done = subprocess.run(
        [mount, "-t", "tmpfs", "-o", options, "none", str(folder)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("mounting is not allowed here; the limited file size is tested instead")
    try:
        yield folder
    finally:
        subprocess.run([shutil.which("umount") or "umount", "-l", str(folder)], check=True)


def fill(folder, left):
    """Leave so many bytes of the file system."""
    room = os.statvfs(folder)
    (folder / "filler").write_bytes(bytes(max(0, room.f_bavail * room.f_frsize - left)))


def train(file, runs, *more):
    return lambda: command(["train", str(file), "--runs", str(runs), "--json", *more])


def check_ending(ended, runs, whole):
    """Whatever was missing: a message and the result, and a run that is whole or can be resumed."""
    assert ended.status in (0, 2), ended.err
    assert "Traceback" not in ended.err
    if ended.status == 0:
        return "saved"
    found = list_runs(runs)
    if "dlrecipe resume" not in ended.err:
        assert "cannot hold a run" in ended.out
        assert not found
        return "refused"
    assert "could not be written" in ended.err
    assert ended.json["train"] == whole.result.to_dict()["train"]
    assert found[0].status == "interrupted"
    latest_checkpoint(RunFolder(runs / "small-0001"))
    return "result shown"


@pytest.mark.parametrize("moments", [5, pytest.param(24, marks=pytest.mark.slow)])
def test_a_full_disk_loses_nothing(config, tmp_path, figure, moments):
    whole = dlrecipe.train(config(SMALL), tmp_path / "whole")
    (tmp_path / "small.yaml").write_text(SMALL)
    needed = sum(-(-path.stat().st_size // 4096) * 4096 for path in whole.folder.iterdir()) + 20 * 4096
    endings = []
    for moment in range(moments):
        with mounted(tmp_path / f"disk-{moment}", f"size={SIZE}") as disk:
            fill(disk, needed * moment // (moments - 1))
            endings.append(_fill_and_resume(tmp_path, disk / "runs", whole))
    assert "saved" in endings
    assert "result shown" in endings
    shown = endings.count("result shown")
    figure("disk full", f"{moments} moments: {shown} with the result shown, all resumed to the same bits")


def _fill_and_resume(tmp_path, runs, whole):
    ended = in_child(train(tmp_path / "small.yaml", runs), tmp_path)
    how = check_ending(ended, runs, whole)
    if how == "result shown":
        (runs.parent / "filler").unlink()
        resumed = dlrecipe.resume("1", runs)
        assert bits(resumed.folder) == bits(whole.folder)
    return how


@pytest.mark.parametrize("moments", [4, pytest.param(24, marks=pytest.mark.slow)])
def test_a_limited_file_size_loses_nothing(config, tmp_path, figure, moments):
    whole = dlrecipe.train(config(SMALL), tmp_path / "whole")
    (tmp_path / "small.yaml").write_text(SMALL)
    largest = max(path.stat().st_size for path in whole.folder.iterdir())
    endings = []
    for moment in range(moments):
        limit, runs = 600 + largest * moment // moments, tmp_path / f"limited-{moment}"

        def limited(limit=limit, runs=runs):
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            return train(tmp_path / "small.yaml", runs)()

        ended = in_child(limited, tmp_path)
        if "The output could not be" in ended.err:
            continue  # the file that stands for the screen is limited as well
        endings.append(check_ending(ended, runs, whole))
    figure("limited file size", f"{moments} limits, {endings.count('result shown')} with the result shown")


def test_a_disk_that_fills_while_training_is_no_end_of_it(config, tmp_path):
    whole = dlrecipe.train(config(SMALL), tmp_path / "whole")
    with mounted(tmp_path / "disk", f"size={SIZE}") as disk:

        def watch(stream):
            for epoch in stream:
                if epoch.epoch == 3:
                    fill(disk, 0)
                if epoch.epoch == 5:
                    (disk / "filler").unlink()
                yield epoch

        run = dlrecipe.train(config(SMALL), disk / "runs", watch=watch)
        assert bits(run.folder) == bits(whole.folder)


def test_a_read_only_folder_is_refused_before_training(config, tmp_path):
    with mounted(tmp_path / "disk", "ro,size=64k") as disk:
        with pytest.raises(RunError, match="Choose another folder with --runs DIR"):
            dlrecipe.train(config(SMALL), disk / "runs")
        assert list(disk.iterdir()) == []


def test_a_finished_run_is_read_where_nothing_may_be_written(config, tmp_path, capsys):
    with mounted(tmp_path / "disk", "size=4m") as disk:
        dlrecipe.train(config(SMALL), disk / "runs")
        mount = shutil.which("mount") or "mount"
        subprocess.run([mount, "-o", "remount,ro", str(disk)], check=True)
        assert command(["diagnose", "--runs", str(disk / "runs")]) == 0
        assert command(["evaluate", "--runs", str(disk / "runs")]) == 0
        assert command(["resume", "1", "--runs", str(disk / "runs"), "-S", "training.epochs=9"]) == 2
        assert "Read-only file system" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["schema"], ["runs", "list"], ["diagnose", "--json"]])
def test_an_output_that_is_full_is_told(config, tmp_path, monkeypatch, words):
    dlrecipe.train(config(SMALL), tmp_path / "runs")
    monkeypatch.chdir(tmp_path)

    def into_full():
        with open("/dev/full", "w") as full:  # noqa: PTH123
            os.dup2(full.fileno(), 1)
        return command(words)

    ended = in_child(into_full, tmp_path)
    assert ended.status == 2
    assert ended.err == "Error: The output could not be read or written: No space left on device.\n"
