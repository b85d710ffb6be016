"""The optimism of choosing, against a truth that is known."""

import numpy as np
import pytest

from dlrecipe.recipe.selection import corrected_for_choice

TRUE = 0.1


def best_of(rng, models, examples):
    """The errors of models that are all equally good, and the one that seems the best."""
    errors = [(rng.random(examples) < TRUE).astype(float) for _ in range(models)]
    return errors, int(np.argmin([error.mean() for error in errors]))


def test_what_choosing_flatters_is_given_back():
    rng = np.random.default_rng(0)
    raw, corrected, covered = [], [], 0
    for _ in range(60):
        errors, chosen = best_of(rng, models=12, examples=200)
        found = corrected_for_choice(errors, chosen, "classification")
        raw.append(errors[chosen].mean())
        corrected.append(found.corrected)
        covered += found.interval[0] <= TRUE <= found.interval[1]
    assert np.mean(raw) < TRUE - 0.025  # the best of twelve seems a third better than it is
    assert abs(np.mean(corrected) - TRUE) < 0.012
    assert covered >= 50


def test_a_clear_winner_is_hardly_corrected():
    rng = np.random.default_rng(0)
    errors = [(rng.random(500) < error).astype(float) for error in (0.5, 0.05, 0.4)]
    found = corrected_for_choice(errors, 1, "classification")
    assert found.candidates == 3
    assert found.optimism < 0.003
    assert found.corrected == pytest.approx(errors[1].mean() + found.optimism)


def test_nothing_chosen_nothing_corrected():
    assert corrected_for_choice([np.zeros(9)], 0, "classification") is None
