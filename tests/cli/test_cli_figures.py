import pytest

from dlrecipe.cli.figures import diagnose_figures, require_one_request
from dlrecipe.errors import UsageError

BOTH = {"train_error": "1%", "dev_error": "11%"}


@pytest.mark.parametrize(
    ("run", "figures"),
    [(None, {}), ("7", {}), (None, BOTH), (None, {**BOTH, "dev_size": 200})],
)
def test_a_run_or_figures_are_one_request(run, figures):
    require_one_request(run, figures)


@pytest.mark.parametrize(
    ("run", "figures", "words"),
    [
        ("7", BOTH, "not both: 7 and --train-error, --dev-error"),
        ("7", {"human_error": "1%"}, "not both: 7 and --human-error"),
        (None, {"dev_error": "1%"}, "need --train-error as well"),
        (None, {"dev_size": 7}, "need --train-error and --dev-error as well"),
    ],
)
def test_two_requests_or_half_of_one_are_refused(run, figures, words):
    with pytest.raises(UsageError, match=words):
        require_one_request(run, figures)


def test_percentages_and_fractions_are_the_same():
    one = diagnose_figures({**BOTH, "tolerance": "3%", "human_error": "0.5%"})
    other = diagnose_figures(
        {"train_error": "0.01", "dev_error": ".11", "tolerance": "0.03", "human_error": "0.005"}
    )
    assert one == other
    assert (one.figures.train_error, one.figures.dev_error, one.tolerance) == (0.01, 0.11, 0.03)


def test_sizes_and_the_task_are_passed_on():
    found = diagnose_figures({**BOTH, "train_size": 800, "dev_size": 200, "task": "regression"}).figures
    assert (found.train_size, found.dev_size, found.task) == (800, 200, "regression")


def test_every_text_that_is_no_fraction_is_told_with_its_option():
    with pytest.raises(UsageError) as caught:
        diagnose_figures({"train_error": "5", "dev_error": "lots", "tolerance": "-1%"})
    assert [message.split()[0] for message in caught.value.messages] == [
        "--train-error",
        "--dev-error",
        "--tolerance",
    ]


def test_what_is_out_of_range_is_told_by_the_option_and_not_by_the_parameter():
    with pytest.raises(UsageError) as caught:
        diagnose_figures({"train_error": "120%", "dev_error": "11%", "dev_size": 0})
    assert [message.split()[0] for message in caught.value.messages] == ["--train-error", "--dev-size"]
