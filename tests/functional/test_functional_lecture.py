"""The lecture's table of verdicts, asked the way a student would."""

import pytest

LECTURE = [
    # train, dev, human error; verdict (Ng, Improving Deep Neural Networks, week 1: bias/variance)
    ("1%", "11%", "0%", "high variance"),
    ("15%", "16%", "0%", "high bias"),
    ("15%", "30%", "0%", "high bias and high variance"),
    ("0.5%", "1%", "0%", "low bias and low variance"),
    ("15%", "16%", "15%", "low bias and low variance"),
]


@pytest.mark.parametrize(("train", "dev", "human", "verdict"), LECTURE)
def test_the_verdict_is_the_lectures(cli, train, dev, human, verdict):
    found = cli(f"diagnose --train-error {train} --dev-error {dev} --human-error {human} --json")
    assert found.json["verdict"] == verdict


@pytest.mark.parametrize(("train", "dev", "human", "verdict"), LECTURE)
def test_people_read_the_same_verdict(cli, train, dev, human, verdict):
    found = cli(f"diagnose --train-error {train} --dev-error {dev} --human-error {human}")
    assert verdict in found.out.lower()


@pytest.mark.parametrize(
    ("figures", "verdict"),
    [
        # Yearning, chapters 40-42: human 0 %, train 1 %, train-dev 5 %, dev 5 %, and its variations
        ("--train-error 1% --train-dev-error 5% --dev-error 5%", "high variance"),
        ("--train-error 10% --train-dev-error 11% --dev-error 12%", "high bias"),
        ("--train-error 10% --train-dev-error 11% --dev-error 20%", "high bias and high mismatch"),
        ("--train-error 1% --train-dev-error 1.5% --dev-error 10%", "high mismatch"),
    ],
)
def test_a_train_dev_set_tells_mismatch_from_variance(cli, figures, verdict):
    assert cli(f"diagnose --human-error 0 {figures} --json").json["verdict"] == verdict
