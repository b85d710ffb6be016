"""What is said beside a verdict, word for word where a reader decides by it."""

from __future__ import annotations

import json
from dataclasses import replace

from dlrecipe.recipe import diagnose
from dlrecipe.results import Figures

UPPER_BOUND = (
    "No human error is given, so 0 % is used and the bias is an upper bound: set recipe.human_error "
    "(or --human-error) to the best error thought possible."
)


def test_golden_notes_of_a_doubtful_variance():
    assert diagnose(Figures(0.01, 0.045, train_size=800, dev_size=200)).notes == (
        UPPER_BOUND,
        (
            "The variance of 3.5 % is high, but not certain (probability 91.8 %): above 2 % counts as high. "
            "About 500 dev examples instead of 200 would settle it, at the same errors."
        ),
    )


def test_golden_notes_of_figures_alone():
    assert diagnose(Figures(0.005, 0.01)).notes == (
        UPPER_BOUND,
        "Without --train-size and --dev-size nothing can be said about how certain this is.",
        "Nothing is high: check the model on test examples that no decision has looked at.",
    )


def test_golden_reasons():
    reasons = [suggestion.because for suggestion in diagnose(Figures(0.15, 0.30, 0.01)).suggestions]
    assert reasons[0] == (
        "The train error of 15 % is 14 points above the human error of 1 %. More hidden units or layers can "
        "fit more."
    )
    assert reasons[3] == (
        "The dev error of 30 % is 15 points above the train error of 15 %. More examples leave less room "
        "for chance patterns."
    )


def test_golden_note_where_noise_is_fitted():
    (note, *_) = diagnose(Figures(0.01, 0.18, 0.15)).notes
    assert note == (
        "The train error of 1 % is below the human error of 15 %: noise is being fitted. Only what lies "
        "above the human error can be gained, so the variance is judged on that: 3 points of 17 points."
    )
    reasons = [suggestion.because for suggestion in diagnose(Figures(0.01, 0.18, 0.15)).suggestions]
    assert all(reason.startswith("The dev error of 18 % is 3 points above the human") for reason in reasons)


def test_golden_note_where_the_human_error_was_no_bound():
    (note, *_) = diagnose(Figures(0.01, 0.05, 0.2)).notes
    assert note == (
        "The dev error of 5 % is below the human error of 20 %, which is thus not the best possible: it is "
        "set aside, the gaps are judged as they are, and how large the bias is stays unknown. Set "
        "recipe.human_error (or --human-error) lower."
    )


def test_a_given_human_error_of_nothing_is_no_upper_bound():
    assert UPPER_BOUND not in diagnose(Figures(0.01, 0.11, 0.0)).notes


def one_note(figures, start, run=None):
    found = [note for note in diagnose(figures, run).notes if start in note]
    assert len(found) == 1
    return found[0]


def test_what_limits_certainty_is_named():
    assert "the 100 training examples are what limits it" in one_note(
        Figures(0.03, 0.031, 0.0, train_size=100, dev_size=100_000), "The bias of"
    )
    assert "no number of dev examples would settle it" in one_note(
        Figures(0.03, 0.05, 0.0, train_size=100_000, dev_size=100), "The variance of"
    )
    both = Figures(0.01, 0.12, 0.0, 0.06, train_size=100_000, dev_size=50, train_dev_size=60)
    assert "dev and train-dev examples instead of 50 and 60 would" in one_note(both, "The mismatch of")


def test_every_uncertain_gap_has_its_note_and_no_certain_one():
    figures = Figures(0.1, 0.2, 0.0, 0.11, train_size=800, dev_size=200, train_dev_size=50)
    diagnosis = diagnose(figures)
    for name, gap in diagnosis.gaps.items():
        assert any(f"The {name} of" in note for note in diagnosis.notes) == (gap.certain is False)


def test_a_figure_and_its_threshold_never_look_alike():
    note = one_note(Figures(0.01, 0.0301, 0.0, train_size=10_000, dev_size=200), "The variance of")
    assert "of 2.01 % is high" in note
    assert "above 2 % counts" in note


def test_a_small_dev_set_is_named():
    note = one_note(Figures(0.0, 0.15, 0.0, train_size=60, dev_size=20), "One mistake")
    assert "among 20 dev examples is 5 %" in note
    assert not any("One mistake" in note for note in diagnose(Figures(0, 0.15, dev_size=50)).notes)


def test_normal_residuals_are_an_assumption_only_where_the_spread_is_unknown():
    figures = Figures(0.1, 0.3, 0.0, train_size=800, dev_size=200, task="regression")
    assert one_note(figures, "residuals")
    known = replace(figures, train_sd=0.2, dev_sd=0.5)
    assert not any("residuals" in note for note in diagnose(known).notes)


def test_new_examples_that_are_easier_are_odd():
    assert one_note(Figures(0.2, 0.1, 0.0), "easier") == (
        "The error on new examples is 10 points below the train error: they are easier, or some of them were "
        "trained on. Check how the data were split."
    )
    chance = Figures(0.2, 0.1, 0.0, train_size=800, dev_size=20)
    assert not any("easier" in note for note in diagnose(chance).notes)


def test_a_chosen_model_makes_its_dev_error_optimistic(evidence):
    figures = Figures(0.15, 0.16, 0.0, train_size=800, dev_size=200)
    run = replace(evidence(stopped="patience"), best_epoch=90)
    assert "epoch 90 among 100" in one_note(figures, "optimistic", run)
    for other in (evidence(), replace(evidence(patience=None), best_epoch=90)):
        assert not any("optimistic" in note for note in diagnose(figures, other).notes)


def test_a_training_that_did_not_end_well_comes_first(evidence):
    figures = Figures(0.15, 0.16, train_size=800, dev_size=200)
    assert diagnose(figures, evidence(stopped="diverged")).notes[0].startswith("Training diverged")
    assert "`dlrecipe resume`" in diagnose(figures, evidence(stopped="interrupted")).notes[0]


def test_where_nothing_is_high_the_test_error_is_next(evidence):
    figures = Figures(0.005, 0.01, 0.0, train_size=50_000, dev_size=50_000)
    assert diagnose(figures, evidence()).notes == (
        "Nothing is high: `dlrecipe evaluate` gives the test error, which no decision has looked at.",
    )


def test_a_diagnosis_is_json_as_the_contract_has_it(evidence):
    figures = Figures(0.15, 0.30, train_size=800, dev_size=200)
    document = json.loads(json.dumps(diagnose(figures, evidence()).to_dict()))
    assert document["schema"] == 1
    assert document["verdict"] == "high bias and high variance"
    assert (document["human_error"], document["human_error_given"], document["mismatch"]) == (0, False, None)
    assert (document["tolerance"], document["share"]) == (0.02, 0.15)
    assert set(document["bias"]) == {"level", "gap", "judged", "interval", "confidence", "certain"}
    assert set(document["suggestions"][0]) == {"id", "for", "title", "because", "patch", "command"}
