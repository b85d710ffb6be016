"""The topics, in the order of the lecture."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from dlrecipe.errors import UsageError
from dlrecipe.lecture.topics import (
    bias_variance,
    cost_falls,
    dev_size,
    dropout_l2,
    early_stopping,
    gradient_check,
    initialization,
    inverted_dropout,
    large_lambda,
    linear_paths,
    logistic_l1,
    normalization,
    recipe,
    regularization_exercise,
    weight_decay,
)
from dlrecipe.results import Claim, Syllabus

if TYPE_CHECKING:
    from dlrecipe.lecture.topic import Topic

TOPICS: dict[str, Topic] = {
    module.TOPIC.name: module.TOPIC
    for module in (
        dev_size,
        bias_variance,
        recipe,
        linear_paths,
        logistic_l1,
        weight_decay,
        large_lambda,
        cost_falls,
        inverted_dropout,
        dropout_l2,
        early_stopping,
        normalization,
        initialization,
        gradient_check,
        regularization_exercise,
    )
}
"""Every topic by its name."""


def syllabus() -> Syllabus:
    """The names and claims of all topics."""
    return Syllabus(tuple(Claim(topic.name, topic.claim) for topic in TOPICS.values()))


def find_topic(name: str) -> Topic:
    """The topic of this name.

    Raises:
        UsageError: There is none; the nearest name, or all of them, are told.
    """
    plain = name.strip().lower().replace("_", "-").replace(" ", "-")
    if plain in TOPICS:
        return TOPICS[plain]
    near = [topic for topic in TOPICS if plain and plain in topic] or get_close_matches(plain, TOPICS, n=1)
    meant = f"Did you mean {' or '.join(near)}?" if near else f"The topics are {', '.join(TOPICS)}."
    raise UsageError(f"The lecture has no topic {name!r}. {meant}")
