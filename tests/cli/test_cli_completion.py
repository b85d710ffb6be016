from types import SimpleNamespace

import pytest

from dlrecipe.cli.completion import config_files, join_bash_words, run_names


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _touch(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()


def _context(runs):
    return SimpleNamespace(params={"runs": runs})


def test_runs_are_offered_newest_first_and_other_folders_are_not(folder):
    for name in ("digits-0001", "digits-0002", "house-0003"):
        _touch(folder / "runs" / name / "config.yaml")
    (folder / "runs" / "notes").mkdir()
    assert run_names(_context("runs"), "") == ["house-0003", "digits-0002", "digits-0001"]
    assert run_names(_context("runs"), "dig") == ["digits-0002", "digits-0001"]


def test_runs_come_from_the_folder_that_was_given(folder):
    _touch(folder / "elsewhere" / "digits-0001" / "config.yaml")
    assert run_names(_context("elsewhere"), "") == ["digits-0001"]
    assert run_names(_context(None), "") == []


def test_configs_are_offered_from_here_and_one_folder_down(folder):
    for name in ("a.yaml", "b.yml", "c.csv", "configs/digits.yaml", "configs/deep/er.yaml"):
        _touch(folder / name)
    assert config_files("") == ["a.yaml", "b.yml", "configs/digits.yaml"]
    assert config_files("configs/d") == ["configs/digits.yaml", "configs/deep/er.yaml"]


def test_an_absolute_path_is_completed_as_one(folder):
    _touch(folder / "a.yaml")
    assert config_files(f"{folder}/") == [f"{folder}/a.yaml"]


@pytest.mark.parametrize(
    ("words", "typed", "joined", "at"),
    [
        ("dlrecipe diagnose --runs = there ", 5, "dlrecipe diagnose --runs=there ", 3),
        ("dlrecipe diagnose --runs =", 3, "dlrecipe diagnose --runs=", 2),
        ("dlrecipe diagnose --runs = th x", 4, "dlrecipe diagnose --runs=th x", 2),
        ("dlrecipe train -S seed = 1 co", 6, "dlrecipe train -S seed=1 co", 4),
        ("dlrecipe sweep --dask tcp : //host : 8786 a", 8, "dlrecipe sweep --dask tcp://host:8786 a", 4),
        ("dlrecipe diag", 1, "dlrecipe diag", 1),
    ],
)
def test_what_bash_splits_is_one_word_again(words, typed, joined, at):
    environment = {"COMP_WORDS": words.replace(" ", "\n"), "COMP_CWORD": str(typed), "HOME": "/"}
    join_bash_words(environment)
    assert environment == {"COMP_WORDS": joined.replace(" ", "\n"), "COMP_CWORD": str(at), "HOME": "/"}


def test_nothing_is_joined_where_bash_does_not_ask():
    environment = {"HOME": "/"}
    join_bash_words(environment)
    assert environment == {"HOME": "/"}
