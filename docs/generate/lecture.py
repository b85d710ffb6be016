"""The lecture's topics, where the program can run them."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

INTRODUCTION = """# The lecture as experiments

dlrecipe follows Andrew Ng's week "Practical aspects of Deep Learning" (*Improving Deep Neural Networks*,
week 1). Each claim of the lecture is an experiment: `dlrecipe lecture` lists them, and
`dlrecipe lecture TOPIC` measures one on your own machine and shows claim, figure and plot.

"""


def page() -> str:
    """Return the page: each topic with its claim and its command."""
    if not find_spec("dlrecipe.lecture"):
        return INTRODUCTION
    topics = import_module("dlrecipe.lecture").syllabus().to_dict()["topics"]
    rows = [f"| `dlrecipe lecture {topic['name']}` | {_cell(topic['claim'])} |" for topic in topics]
    return INTRODUCTION + "\n".join(["| run | claim |", "|---|---|", *rows]) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
