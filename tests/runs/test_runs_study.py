"""Studies: their folders, and which runs are theirs."""

import json

import pytest

from dlrecipe.errors import RunError
from dlrecipe.results import Curve
from dlrecipe.runs import (
    Origin,
    Purpose,
    RunFolder,
    create_folder,
    create_study,
    find_run,
    list_runs,
    newest,
    origin_text,
    read_answer,
    read_origin,
    read_study,
    whole_answer,
    write_answer,
)


def study_in(runs, kind="sweep"):
    study, lock = create_study(runs, "a", Purpose(kind, {"trainings": 3}), "name: a\n")
    lock.release()
    return study


def run_in(runs, origin=None):
    files = {"config.yaml": "name: a\n"} | ({"origin.json": origin_text(origin)} if origin else {})
    folder, lock = create_folder(runs, "a", files)
    lock.release()
    return folder


def test_a_study_is_read_back_as_it_was_made(tmp_path):
    study = study_in(tmp_path)
    assert study.folder.path.name == "a-sweep-0001"
    assert read_study(study.folder) == study


def test_runs_say_which_study_they_belong_to(tmp_path):
    study, other = study_in(tmp_path), study_in(tmp_path)
    alone, first = run_in(tmp_path), run_in(tmp_path, study.origin(0))
    second = run_in(tmp_path, study.origin(4))
    run_in(tmp_path, other.origin(0))
    assert study.trials() == {0: first, 4: second}
    assert read_origin(alone) is None
    assert read_origin(second) == Origin("a-sweep-0001", 4)


def test_a_study_is_no_run_but_is_found_by_name_and_number(tmp_path):
    study = study_in(tmp_path)
    assert list_runs(tmp_path) == []
    with pytest.raises(RunError, match="no finished run"):
        newest(tmp_path)
    assert find_run("a-sweep-0001", tmp_path) == find_run("1", tmp_path) == study.folder


@pytest.mark.parametrize("text", ["", "{}", '{"kind": "curves", "options": {}}', '{"kind": "curve"}', "[1]"])
def test_a_damaged_study_is_refused(tmp_path, text):
    study = study_in(tmp_path)
    study.folder.study.write_text(text)
    with pytest.raises(RunError, match=r"study\.json is missing or damaged"):
        read_study(study.folder)


def test_a_study_that_was_edited_is_refused(tmp_path):
    file = study_in(tmp_path).folder.study
    file.write_text(file.read_text().replace('"trainings": 3', '"trainings": 8'))
    with pytest.raises(RunError, match=r"study\.json is missing or damaged .its checksum"):
        read_study(RunFolder(file.parent))


CURVE = Curve("runs/a-curve-0001", (), None, (), None, 1.5, ())


def test_an_answer_is_read_back_only_as_it_was_written(tmp_path):
    file = study_in(tmp_path).folder.result
    assert whole_answer(Curve, file) is None
    write_answer(file, CURVE)
    assert read_answer(Curve, file) == whole_answer(Curve, file) == CURVE
    file.write_text(json.dumps(json.loads(file.read_text())))  # laid out otherwise, it says the same
    assert read_answer(Curve, file) == CURVE
    file.write_text(file.read_text().replace("1.5", "1.6"))
    with pytest.raises(RunError, match=r"edited \(its checksum .* dlrecipe resume .*a-sweep-0001$"):
        read_answer(Curve, file)
    assert whole_answer(Curve, file) is None


@pytest.mark.parametrize("text", ["", "null", '{"study": 3, "trial": 1}', '{"study": "a-0001"}'])
def test_a_damaged_origin_is_none(tmp_path, text):
    folder = run_in(tmp_path, Origin("a-sweep-0009", 0))
    folder.origin.write_text(text)
    assert read_origin(folder) is None
