"""Which remedies are tried against what, and in which order: the recipe as a table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dlrecipe.recipe.commands import command_line
from dlrecipe.recipe.suggestions import bias, divergence, start, steps, variance
from dlrecipe.recipe.suggestions.case import Case
from dlrecipe.recipe.suggestions.lecture import remedies
from dlrecipe.recipe.suggestions.measurement import bigger_dev_set
from dlrecipe.recipe.suggestions.mismatch import data_like_dev
from dlrecipe.recipe.suggestions.several import several

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dlrecipe.recipe.evidence import Evidence
    from dlrecipe.recipe.suggestions.case import Rule
    from dlrecipe.results import Diagnosis, Suggestion

# A training that failed says little about the network: repair it before anything else. What was out of
# bounds before the first step comes first, as no length of steps makes up for it.
DIVERGED: tuple[Rule, ...] = (
    divergence.too_large_a_start,
    divergence.too_large_inputs,
    steps.lower_learning_rate,
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


def suggest(diagnosis: Diagnosis, run: Evidence | None, command: str | None) -> tuple[Suggestion, ...]:
    """Return what to do next, best first and each id once.

    Args:
        diagnosis: The verdict; its figures have a train size where `run` is given.
        run: What is known of the run; without it the suggestions name no settings.
        command: What a suggestion's settings are appended to.
    """
    found = list(_first_of_each_id(_found(diagnosis, run)))
    if command is None:
        return tuple(found)
    return tuple(
        suggestion
        if suggestion.patch is None
        else replace(suggestion, command=command_line(command, suggestion.patch))
        for suggestion in found
    )


def _found(diagnosis: Diagnosis, run: Evidence | None) -> Iterator[Suggestion]:
    """Yield the suggestions of every rule that applies, in the order of the tables."""
    if run is None:
        yield from remedies(diagnosis)
    else:
        case = Case(diagnosis, run, diagnosis.figures.train_size or 1)
        yield from (suggestion for rule in _rules(case) if (suggestion := rule(case)) is not None)
        if run.stopped == "diverged":
            return
        if case.high("mismatch"):
            yield data_like_dev(diagnosis)
    doubt = bigger_dev_set(diagnosis)
    if doubt is not None:
        yield doubt


def _rules(case: Case) -> tuple[Rule, ...]:
    """Return the rules for what is wrong with the run: bias first, because it hides the rest."""
    if case.run.stopped == "diverged":
        return DIVERGED
    against_bias = BIAS if case.high("bias") else ()
    against_variance = VARIANCE if case.high("variance") else ()
    both = (several,) if against_bias and against_variance else ()
    return (*against_bias, *both, *against_variance)


def _first_of_each_id(suggestions: Iterable[Suggestion]) -> Iterator[Suggestion]:
    seen: set[str] = set()
    for suggestion in suggestions:
        if suggestion.id not in seen:
            seen.add(suggestion.id)
            yield suggestion
