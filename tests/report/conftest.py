"""Builders of results that no training made, with figures that are easy to check by eye."""

import math

import pytest
from report_suggestions import L2, MORE_DATA

from dlrecipe.results import Diagnosis, Epoch, Figures, Gap, Score, Settings, TrainingResult

SETTINGS = Settings(
    task="classification",
    inputs=64,
    outputs=10,
    layers=(64,),
    activation="relu",
    keep_prob=(1.0,),
    init="he",
    normalize=True,
    optimizer="adam",
    learning_rate=0.001,
    batch_size=64,
    epochs=100,
    patience=10,
    lambd=0.0,
    l1_ratio=0.0,
)


@pytest.fixture
def diagnosis():
    """A function that gives the diagnosis of train 1 %, dev 11 %, with some of it changed."""

    def build(**changes):
        usual = {
            "verdict": "high variance",
            "bias": Gap("low", 0.01, 0.01, (0.005, 0.0196), 0.98, certain=True),
            "variance": Gap("high", 0.1, 0.1, (0.0638, 0.1509), 0.99999, certain=True),
            "mismatch": None,
            "human_error": 0.0,
            "human_error_given": True,
            "tolerance": 0.02,
            "share": 0.15,
            "suggestions": (),
            "notes": (),
            "figures": Figures(0.01, 0.11, 0.0, None, 1000, 200),
        }
        return Diagnosis(**{**usual, **changes})

    return build


@pytest.fixture
def history():
    """31 evaluations: J falls from 2 towards 0.1, dev error stays above train error."""
    return tuple(
        Epoch(
            epoch=i,
            seconds=i / 10,
            cost=2 * math.exp(-i / 8) + 0.1,
            loss=2 * math.exp(-i / 8) + 0.09,
            penalty=0.01,
            train_error=0.9 * math.exp(-i / 6) + 0.01,
            dev_loss=2 * math.exp(-i / 8) + 0.3,
            dev_error=0.8 * math.exp(-i / 6) + 0.1,
            weight_norm=10.0,
            learning_rate=0.001,
        )
        for i in range(31)
    )


@pytest.fixture
def training(diagnosis):
    """A function that gives the result of a training with high variance, with some of it changed."""

    def build(**changes):
        usual = {
            "run": "runs/digits-0003",
            "epochs": 30,
            "best_epoch": 20,
            "stopped": "patience",
            "parameters": 5130,
            "seconds": 4.2,
            "train": Score(1000, 0.01, 0.02, 0.1),
            "dev": Score(200, 0.11, 0.4, 0.31),
            "train_dev": None,
            "cost": 0.0213,
            "penalty": 0.0033,
            "diagnosis": diagnosis(suggestions=(MORE_DATA, L2)),
            "name": "digits",
            "task": "classification",
            "settings": SETTINGS,
            "environment": {},
            "notes": (),
        }
        return TrainingResult(**{**usual, **changes})

    return build
