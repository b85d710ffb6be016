"""What a student gets: configs that load, data beside them, and commands that run."""

import shlex

import pytest

from dlrecipe.cli.app import run
from dlrecipe.config import load_config
from dlrecipe.errors import UsageError
from dlrecipe.lecture import TOPICS, copy_files
from dlrecipe.lecture.trainings import part, prepared, shipped

CONFIGS = sorted({name for topic in TOPICS.values() for name in topic.files if name.endswith(".yaml")})
COMMANDS = [(topic.name, command) for topic in TOPICS.values() for command in topic.commands]


@pytest.mark.parametrize("name", CONFIGS)
def test_a_config_and_its_data_are_shipped_together(name, tmp_path):
    topics = [topic for topic in TOPICS.values() if name in topic.files]
    for topic in topics:
        copy_files(topic.files, tmp_path / topic.name)
        config = load_config(tmp_path / topic.name / name)
        assert prepared(name.removesuffix(".yaml")).config.data_plan().keys() == config.data_plan().keys()


def test_nothing_is_shipped_that_no_topic_uses():
    listed = {name for topic in TOPICS.values() for name in topic.files}
    folder = shipped("linear.yaml").parent
    assert {file.name for file in folder.iterdir()} == listed


@pytest.mark.slow
@pytest.mark.parametrize(("topic", "command"), COMMANDS)
def test_a_command_of_a_topic_runs_beside_its_files(topic, command, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    copy_files(TOPICS[topic].files, tmp_path)
    if command == "dlrecipe runs list":
        assert run(shlex.split(TOPICS[topic].commands[0])[1:]) == 0
    assert run(shlex.split(command)[1:]) == 0
    assert capsys.readouterr().out


def test_a_file_that_was_changed_is_left_alone(tmp_path):
    (tmp_path / "linear.yaml").write_text("mine")
    handout = copy_files(("linear.yaml", "logistic.yaml"), tmp_path)
    assert handout.files == (str(tmp_path / "linear.yaml"), str(tmp_path / "logistic.yaml"))
    assert (tmp_path / "linear.yaml").read_text() == "mine"
    assert (tmp_path / "logistic.yaml").read_bytes() == shipped("logistic.yaml").read_bytes()


def test_a_folder_that_cannot_be_written_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be written"):
        copy_files(("linear.yaml",), tmp_path / "file" / "below")


def test_a_part_that_is_not_there_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="no part train_dev"):
        part(prepared("linear"), "train_dev")
