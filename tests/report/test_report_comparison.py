import dataclasses
import io

import pytest
from rich.console import Console

from dlrecipe.report.comparison import settings_text, show_comparison
from dlrecipe.results import ComparedRun, Comparison, Pair, SeedGroup

BEST = ComparedRun(
    "runs/a-0001",
    "high bias",
    0.01,
    (0.0, 0.02),
    0.03,
    (0.02, 0.05),
    400,
    1,
    99,
    10,
    1.5,
    {"training.lambda": 0.3},
)
OTHER = ComparedRun(
    "runs/a-0002",
    "high bias",
    0.02,
    (0.0, 0.03),
    0.05,
    (0.03, 0.08),
    400,
    1,
    99,
    10,
    1.5,
    {"training.lambda": 0},
)
PAIR = Pair(
    "runs/a-0001", "runs/a-0002", 0.02, (0.001, 0.04), "mid-p McNemar", 0.02, 0.04, "better", 3, 11, None
)


@pytest.fixture
def shown():
    def show(**changes):
        out = Console(file=io.StringIO(), width=100)
        usual = {
            "task": "classification",
            "runs": (BEST, OTHER),
            "pairs": (PAIR,),
            "tried": 3,
            "tests": 2,
            "seeds": (),
            "notes": (),
        }
        show_comparison(Comparison(**{**usual, **changes}), out, Console(file=io.StringIO()))
        return out.file.getvalue()

    return show


def test_a_comparison(shown):
    assert shown() == (
        """\
run     train    dev   95 % interval  verdict
a-0001  1.0 %  3.0 %  2.0 % to 5.0 %  high bias
  lambda 0.3
a-0002  2.0 %  5.0 %  3.0 % to 8.0 %  high bias
  lambda 0

a-0001 is better than a-0002: 2.0 % apart (0.1 % to 4.0 %), p = 0.04, mid-p McNemar: only a-0001 is
  wrong on 3, only a-0002 on 11.
3 runs were tried on these data; p is corrected (Holm) for 2 comparisons.
"""
    )


def test_no_evidence_says_how_many_examples_would_tell(shown):
    undecided = dataclasses.replace(PAIR, judgement="no evidence of a difference", p_corrected=0.3)
    assert "About 1,200 dev examples would tell." in shown(
        pairs=(dataclasses.replace(undecided, examples_to_tell=1200),)
    )
    assert "No number of dev examples" in shown(pairs=(undecided,))
    assert "Their errors are equal." in shown(pairs=(dataclasses.replace(undecided, difference=0.0),))


def test_repetitions_have_their_spread(shown):
    group = SeedGroup(("runs/a-0001", "runs/a-0002"), 0.04, 0.0141)
    assert "differ in their seed only: dev error 4.0 % on average, standard deviation 1.4 %." in shown(
        seeds=(group,)
    )


def test_a_key_keeps_its_section_only_where_it_must():
    assert settings_text({"training.lambda": 0.3, "network.layers": [8]}) == "lambda 0.3, layers [8]"
    assert settings_text({"a.kind": "x", "b.kind": None}) == "a.kind x, b.kind null"
