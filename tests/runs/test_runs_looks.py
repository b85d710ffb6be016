"""The looks at a test set are all counted."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from dlrecipe.errors import RunError
from dlrecipe.runs import count_looks, record_look


def test_looks_of_many_at_once_are_all_counted(tmp_path):
    path = tmp_path / "test_looks.jsonl"
    assert count_looks(path) == 0
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda at: record_look(path, data="test", error=at / 100), range(100)))
    assert count_looks(path) == 100
    looks = [json.loads(line) for line in path.read_text().splitlines()]
    assert sorted(look["error"] for look in looks) == [at / 100 for at in range(100)]
    assert all(look["at"].endswith("+00:00") for look in looks)


def test_a_look_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(RunError, match="could not be written"):
        record_look(tmp_path / "absent" / "test_looks.jsonl", data="test", error=0.1)
    with pytest.raises(RunError, match="could not be read"):
        count_looks(tmp_path)
