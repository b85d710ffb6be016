"""The loop's decisions: what to try next, whether to keep it, when to give it up."""

from dataclasses import replace

import numpy as np
import pytest

import dlrecipe
from dlrecipe.recipe import Evidence, diagnose
from dlrecipe.recipe.loop.fresh import careful_starts, fresh_start
from dlrecipe.recipe.loop.keeping import Measured, judge
from dlrecipe.recipe.loop.neighbours import neighbours
from dlrecipe.recipe.loop.proposals import proposals
from dlrecipe.recipe.loop.racing import hopeless, judged_at
from dlrecipe.recipe.loop.work import NOTHING, work, work_of
from dlrecipe.recipe.moves.move import KEEP_PROB
from dlrecipe.recipe.moves.patched import patched
from dlrecipe.recipe.ranking import expected_shares
from dlrecipe.recipe.suggestions.pictures import SHIFT
from dlrecipe.results import Epoch, Figures, Settings, Suggestion

SETTINGS = Settings(
    task="classification",
    inputs=20,
    outputs=3,
    layers=(16, 8),
    activation="relu",
    keep_prob=(1.0, 1.0),
    init="he",
    normalize=True,
    optimizer="adam",
    learning_rate=0.001,
    batch_size=64,
    epochs=50,
    patience=10,
    lambd=0.0,
    l1_ratio=0.0,
)
CAUSES = (
    Suggestion("raise_learning_rate", "bias", "Raise the rate", "slow", {"training.learning_rate": 0.01}),
    Suggestion("train_longer", "bias", "Train longer", "falls", {"training.epochs": 200}),
    Suggestion("better_optimizer", "bias", "Use Adam", "gd", {"training.learning_rate": 0.5}),
    Suggestion("other_architecture", "bias", "Deeper", "deep", {"network.layers": [9, 9, 9]}),
    Suggestion("l2", "variance", "Regularise", "gap", {"training.lambda": 3.0}),
    Suggestion("more_data", "variance", "More data", "few"),
)


def diagnosis(*suggestions, train=0.2, dev=0.22):
    found = diagnose(Figures(train, dev, 0.0, train_size=1000, dev_size=500))
    return replace(found, suggestions=suggestions)


def run_of(settings):
    """What is known of a run with these settings: its loss fell to a third."""
    history = tuple(Epoch(n, n, 3 / (n + 1), 3 / (n + 1), 0, 0.2, 1, 0.22, 1, 0.001) for n in range(3))
    return Evidence(settings, history, "epochs", 2, 500)


def proposed(*suggestions, failures=None, latest=None, **errors):
    return proposals(diagnosis(*suggestions, **errors), run_of(SETTINGS), failures or {}, latest)


def test_causes_are_first_treated_together_then_one_by_one():
    first, fresh, *rest = proposed(*CAUSES)
    assert fresh.source == "fresh start"
    assert first.suggestion == "several"
    # the better ranked of two for one key; no more epochs beside a change that makes each do more
    assert first.patch == {"training.learning_rate": 0.01, "training.lambda": 3.0}
    assert [proposal.patch for proposal in rest[:5]] == [cause.patch for cause in CAUSES[:5]]
    assert all(proposal.source == "neighbour" for proposal in rest[5:])


def test_what_failed_waits():
    names = [proposal.kin for proposal in proposed(*CAUSES, failures={"several": 1, "l2": 2})]
    assert names[:2] == ["fresh start", "raise_learning_rate"]
    assert set(names[-3:]) == {"l2"}


def test_without_suggestions_there_are_neighbours_alone_and_two_at_a_time():
    found = proposed(train=0.2, dev=0.2)
    assert {proposal.source for proposal in found} == {"neighbour", "fresh start"}
    assert found[0].suggestion != "several"
    assert found[-1].suggestion == "several"


def test_pictures_are_moved_and_then_farther():
    def shifts(**settings):
        changed = replace(SETTINGS, image=(8, 8, 1), **settings)
        return [move.patch[SHIFT] for move in neighbours(changed, 1000) if SHIFT in move.patch]

    assert shifts() == [1]
    assert shifts(shift=1) == [2]
    assert shifts(shift=4) == shifts(flip=("vertical",)) == shifts(optimizer="lbfgs") == []
    linear = replace(SETTINGS, image=(8, 8, 1), layers=(), keep_prob=())
    for varied, possible in ((linear, True), (replace(linear, shift=1), False)):
        optimizers = [move.patch.get("training.optimizer") for move in neighbours(varied, 1000)]
        assert ("lbfgs" in optimizers) == possible


def test_a_direction_that_helped_is_gone_on_with():
    assert proposed(train=0.0, dev=0.2, latest="raise_learning_rate")[0].suggestion == "raise_learning_rate"


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"layers": (), "keep_prob": ()},
        {"optimizer": "lbfgs", "batch_size": 1000},
        {"optimizer": "gd", "batch_size": 1000, "activation": "sigmoid", "normalize": False},
        {"lambd": 3.0, "keep_prob": (0.5, 0.9)},
        {"layers": (2048,), "keep_prob": (1.0,), "batch_size": 1, "patience": None},
    ],
)
def test_neighbours_are_settings_of_a_config_and_none_stays_where_it_is(changes, tmp_path):
    settings = replace(SETTINGS, **changes)
    file = tmp_path / "a.yaml"
    file.write_text("data: {source: digits}\nnetwork: {layers: [3]}\n")
    here = {
        "network.layers": list(settings.layers),
        "network.keep_prob": list(settings.keep_prob) or 1.0,
        "network.activation": settings.activation,
        "network.init": settings.init,
        "training.optimizer": settings.optimizer,
        "training.batch_size": "full" if settings.optimizer == "lbfgs" else settings.batch_size,
        "training.lambda": settings.lambd,
        "training.epochs": settings.epochs,
        "data.normalize": settings.normalize,
    }
    base = dlrecipe.load_config(file, here)
    patches = [move.patch for move in neighbours(settings, 1000)]
    configs = [dlrecipe.load_config(file, {**here, **patch}) for patch in patches]
    assert len(configs) >= 5
    assert base not in configs


def measured(wrong, miss, n=200):
    return Measured((np.arange(n) < wrong).astype(float), miss)


@pytest.mark.parametrize(
    ("wrong", "miss", "kept", "outcome"),
    [
        (5, 2.0, True, "better"),  # more than chance; the other has no say
        (90, 0.1, False, "worse"),
        (29, 0.4, True, "within noise"),
        (29, 0.54, True, "within noise"),
        (29, 0.6, False, "within noise"),  # the second measurement contradicts
        (30, 0.4, True, "within noise"),
        (30, 0.5, False, "within noise"),  # a draw goes to what is there
        (31, 0.1, False, "within noise"),
    ],
)
def test_keep_or_revert(wrong, miss, kept, outcome):
    found = judge(measured(30, 0.5), measured(wrong, miss), "classification")
    assert (found.kept, found.outcome) == (kept, outcome)
    assert (found.p_value < 0.05) == (outcome != "within noise")
    assert found.reason.endswith(".")


def test_a_small_change_is_shown_with_the_digits_it_takes():
    found = judge(measured(30, 0.12), measured(30, 0.120004), "classification")
    assert "Brier score 0.12 -> 0.120004 contradicts it" in found.reason


def test_the_same_model_again_is_not_told_by_its_digits():
    found = judge(measured(30, 0.5), measured(30, 0.5), "classification")
    assert not found.kept
    assert found.reason == "the same dev error (p = 1), and the predictions are no better."


def test_one_large_residual_does_not_carry_a_regression():
    before, after = np.full(100, 0.25), np.full(100, 0.45)
    before[0], after[0] = 30.0, 1.0  # a lower mean, though every other example is worse
    models = [Measured(errors, float(np.sqrt(errors).mean())) for errors in (before, after)]
    assert models[1].error < models[0].error
    assert not judge(*models, "regression").kept


def curve(*dev_errors):
    return [
        Epoch(at, 0.0, 1.0, 1.0, 0.0, error, error, error, 1.0, 0.1) for at, error in enumerate(dev_errors)
    ]


def test_only_what_cannot_catch_up_is_given_up():
    best = curve(0.9, 0.3, 0.2, 0.15, 0.12, 0.1)
    spread = {"error_sd": 0.3, "n": 400}
    assert hopeless(curve(0.9, 0.9, 0.89, 0.89, 0.89), best, 12, **spread)
    assert not hopeless(curve(0.9, 0.8, 0.7, 0.6, 0.5), best, 12, **spread)  # late, but on its way
    assert not hopeless(curve(0.9, 0.4, 0.2, 0.14, 0.14), best, 12, **spread)  # behind by chance
    assert not hopeless(curve(0.9, 0.9, 0.89, 0.89, 0.89), best, 12, error_sd=0.3, n=1)


def test_short_trainings_are_not_judged_on_the_way():
    assert judged_at(100, work(100, 100, (50, 10), 100)) is None
    assert judged_at(5, 1e12) is None
    assert judged_at(100, work(100, 60_000, (784, 128, 10), 64)) == 34


def test_the_work_of_the_lectures_network_on_paper():
    parameters = 4 * 3 + 3 + 3 + 1
    sums = 10 * (parameters + 100 * (3 + 1))
    steps = 3 * (1e6 + 16 * parameters)  # three an epoch, of 4, 4 and 2 examples
    assert work(2, 10, (4, 3, 1), 4) == 2 * (sums + steps)


def test_what_costs_much_more_waits():
    large = replace(SETTINGS, layers=(500, 500), epochs=1000)
    found = [move.patch for move in proposals(diagnosis(), run_of(large), {}, None)]
    wider = next(at for at, patch in enumerate(found) if patch.get("network.layers") == [2000, 2000])
    assert wider > next(at for at, patch in enumerate(found) if "network.keep_prob" in patch)
    small = [move.patch for move in proposals(diagnosis(), run_of(SETTINGS), {}, None)]
    assert next(at for at, patch in enumerate(small) if "network.layers" in patch) < 3


def test_costs_are_counted_from_the_given_config_however_far_the_best_one_has_grown():
    grown = replace(SETTINGS, layers=(256, 256), epochs=500)

    def place(usual):
        found = [move.patch for move in proposals(diagnosis(), run_of(grown), {}, None, usual)]
        return found.index({"network.layers": [512, 512]})

    assert work_of(grown, {}, 1000) > NOTHING
    assert place(NOTHING) > place(work_of(grown, {}, 1000))


@pytest.mark.parametrize("m", [1, 20, 1000, 10**6])
@pytest.mark.parametrize(
    "odd",
    [
        {"network.layers": [9, 9], "network.keep_prob": [1.0, 1.0]},
        {"training.optimizer": "lbfgs", "training.batch_size": "full", "training.patience": None},
        {"network.activation": "sigmoid", "network.init": "zeros", "training.learning_rate": 9.0},
        {"data.normalize": False, "training.lambda": 100.0, "training.l1_ratio": 1.0, "training.epochs": 3},
    ],
)
def test_a_fresh_start_leaves_nothing_of_the_given_config(m, odd, tmp_path):
    file = tmp_path / "a.yaml"
    file.write_text("data: {source: digits}\nnetwork: {layers: [3]}\n")
    batch = m if odd.get("training.batch_size") == "full" else odd.get("training.batch_size", 64)
    start = patched(replace(SETTINGS, layers=(3,), keep_prob=(1.0,)), {**odd, "training.batch_size": batch})
    patch = fresh_start(run_of(start), Figures(0.2, 0.22, train_size=m)).patch
    begun = patched(patched(start, odd | {"training.batch_size": batch}), patch)
    assert begun in [patched(start, each) for each in careful_starts(m)]
    training = dlrecipe.load_config(file, {**odd, **patch}).training
    assert (training.optimizer, training.patience) == ("adam", 15)
    assert 20 <= training.epochs <= 150


def test_the_fresh_start_is_the_one_of_which_most_is_expected():
    figures = Figures(0.2, 0.22, train_size=1000)
    run = run_of(replace(SETTINGS, learning_rate=1e-5))
    starts = list(careful_starts(1000))
    shares = expected_shares(run, figures, starts)
    begun = patched(run.settings, fresh_start(run, figures).patch)
    assert begun == patched(run.settings, starts[int(np.argmax(shares))])
    assert max(shares) > min(shares)


def test_a_fresh_start_names_what_is_otherwise():
    figures = Figures(0.2, 0.22, train_size=1000)
    begun = patched(SETTINGS, fresh_start(run_of(SETTINGS), figures).patch)
    for settings in (SETTINGS, begun):
        patch = fresh_start(run_of(settings), figures).patch
        assert all(
            patched(settings, {key: value}) != settings for key, value in patch.items() if key != KEEP_PROB
        )
