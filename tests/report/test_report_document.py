import json

import pytest

from dlrecipe.report import to_json
from dlrecipe.results import Evaluation

FOUND = Evaluation(360, float("nan"), 1 / 3, (0.017, 0.054), "runs/größe-0003", "test")


def test_json_is_the_document_and_reads_back_to_the_same_bits():
    read = json.loads(to_json(FOUND))
    assert read == FOUND.to_dict()
    assert read["loss"] == 1 / 3
    assert read["error"] is None


@pytest.mark.parametrize(("encoding", "name"), [("utf-8", "größe"), ("ascii", "gr\\u00f6\\u00dfe")])
def test_json_is_written_in_characters_the_stream_has(encoding, name):
    text = to_json(FOUND, encoding)
    assert f'"run": "runs/{name}-0003"' in text
    assert json.loads(text) == FOUND.to_dict()


def test_a_file_name_that_is_no_text_is_escaped():
    found = Evaluation(1, 0.0, 0.0, (0.0, 1.0), "runs/\udcff-0001", "test")
    assert json.loads(to_json(found).encode("utf-8")) == found.to_dict()
