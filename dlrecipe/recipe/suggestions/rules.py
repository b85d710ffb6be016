"""Which rules are tried against what, and in which order: the recipe as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.recipe.suggestions import bias, divergence, start, steps, variance
from dlrecipe.recipe.suggestions.several import several

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlrecipe.recipe.suggestions.case import Case, Rule
    from dlrecipe.results import Suggestion

# A training that failed says little about the network: repair it before anything else. What was out of
# bounds before the first step comes first, as no length of steps makes up for it.
CAUSES: tuple[Rule, ...] = (
    divergence.too_large_a_start,
    divergence.too_large_inputs,
    steps.lower_learning_rate,
)
DIVERGED: tuple[Rule, ...] = (
    *CAUSES,
    start.normalize_inputs,
    start.broken_start,
    steps.better_optimizer,
)

# First what keeps the network from learning, then what was cut short or held back, then what it lacks.
BIAS: tuple[Rule, ...] = (
    steps.lower_learning_rate,
    start.broken_start,
    start.linear_layers,
    start.normalize_inputs,
    steps.wake_up,
    start.bottleneck,
    steps.train_longer,
    bias.less_regularization,
    steps.better_optimizer,
    bias.bigger_network,
    steps.longer_steps,
    bias.other_architecture,
)

VARIANCE: tuple[Rule, ...] = (
    steps.lower_learning_rate,
    variance.more_data,
    variance.l2,
    variance.dropout,
    variance.early_stopping,
    variance.l1,
    variance.smaller_network,
    variance.other_architecture,
)


def by_rules(case: Case) -> Iterator[Suggestion]:
    """Yield the suggestions of every rule that applies, in the order of the tables; an id may come twice."""
    yield from by_table(_rules(case), case)


def by_table(rules: tuple[Rule, ...], case: Case) -> Iterator[Suggestion]:
    """Yield the suggestions of those rules that apply, in their order."""
    yield from (suggestion for rule in rules if (suggestion := rule(case)) is not None)


def _rules(case: Case) -> tuple[Rule, ...]:
    """Return the rules for what is wrong with the run: bias first, because it hides the rest."""
    if case.run.stopped == "diverged":
        return DIVERGED
    against_bias = BIAS if case.high("bias") else ()
    against_variance = VARIANCE if case.high("variance") else ()
    both = (several,) if against_bias and against_variance else ()
    return (*against_bias, *both, *against_variance)
