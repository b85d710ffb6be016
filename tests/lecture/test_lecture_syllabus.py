import pytest

import dlrecipe.lecture
from dlrecipe.errors import UsageError
from dlrecipe.lecture import TOPICS, find_topic, syllabus


@pytest.mark.parametrize("name", TOPICS)
def test_a_topic_is_complete(name):
    topic = TOPICS[name]
    assert topic.name == name
    assert topic.claim.endswith(".")
    assert topic.claim.count(". ") == 0
    assert len(topic.lecture.split("\n\n")) >= 2
    assert "\\n" not in topic.lecture
    assert topic.experiment
    assert topic.yours.endswith(":")
    assert all(command.startswith("dlrecipe ") for command in topic.commands)


def test_the_syllabus_has_every_name_and_claim():
    listed = syllabus().to_dict()
    assert listed["topics"] == [{"name": t.name, "claim": t.claim} for t in TOPICS.values()]


@pytest.mark.parametrize("name", ["weight-decay", "Weight_Decay", "weight decay"])
def test_a_name_is_found_as_people_write_it(name):
    assert find_topic(name).name == "weight-decay"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("weight-decoy", "Did you mean weight-decay?"),
        ("dropout", "Did you mean inverted-dropout or dropout-l2?"),
        ("lambda", "Did you mean large-lambda?"),
        ("xyz", "The topics are "),
    ],
)
def test_an_unknown_name_is_told_the_nearest_one(typed, said):
    with pytest.raises(UsageError) as refused:
        find_topic(typed)
    assert repr(typed) in str(refused.value)
    assert said in str(refused.value)


def test_an_unknown_attribute_is_refused_as_any_modules():
    with pytest.raises(AttributeError, match="no attribute 'tarin'"):
        _ = dlrecipe.lecture.tarin
