"""kill -9 at any instant, then resume: the same bits as if nothing had happened."""

import random
import time
from itertools import count

import pytest
from faults_children import in_child
from faults_runs import bits, verdict

import dlrecipe
from dlrecipe.runs import list_runs

TRAININGS = {
    "dropout, Adam, step schedule": """
data: {source: breast-cancer}
network: {layers: [16, 8], keep_prob: [0.5, 0.8]}
training: {epochs: 60, patience: null, schedule: {kind: step, every: 10, factor: 0.5}, learning_rate: 0.01}
""",
    "L1, momentum, inverse schedule": """
data: {source: diabetes}
network: {layers: [8]}
training: {optimizer: momentum, learning_rate: 0.01, epochs: 120, lambda: 5, l1_ratio: 1.0, patience: null,
  schedule: {kind: inverse, decay: 0.01}, batch_size: 32}
""",
    "early stopping, dropout, RMSprop, cosine": """
data: {source: breast-cancer, train_dev: 0.2}
network: {layers: [32], keep_prob: 0.7, activation: tanh}
training: {optimizer: rmsprop, epochs: 200, patience: 25, lambda: 1, l1_ratio: 0.5, schedule: cosine}
""",
    "moved and mirrored pictures": """
data: {source: digits, augment: {shift: 1, flip: [horizontal, vertical]}}
network: {layers: [16], keep_prob: 0.8}
training: {epochs: 40, patience: null}
""",
    "L-BFGS, L1": """
data: {source: diabetes}
network: {layers: [6], activation: tanh}
training: {optimizer: lbfgs, epochs: 120, lambda: 2, l1_ratio: 0.5, patience: null}
""",
}


@pytest.mark.parametrize("kills", [8, pytest.param(200, marks=pytest.mark.slow)])
def test_a_killed_training_resumes_to_the_same_bits(config, tmp_path, figure, kills):
    rng = random.Random(kills)
    loaded = [config(text) for text in TRAININGS.values()]
    whole, seconds = [], []
    for number, training in enumerate(loaded):
        began = time.monotonic()
        whole.append(dlrecipe.train(training, tmp_path / f"whole-{number}").folder)
        seconds.append(time.monotonic() - began)
    killed, again = 0, 0
    for attempt in count():
        if killed == kills:
            break
        number = killed % len(loaded)
        runs = tmp_path / "runs" / str(attempt)
        moment = rng.uniform(0, 1.1 * seconds[number])
        in_child(lambda: dlrecipe.train(loaded[number], runs) and 0, tmp_path, moment)  # noqa: B023
        found = list_runs(runs)
        if not found or found[0].status != "interrupted":
            continue  # it was killed before there was a run, or came to its end
        killed += 1
        while rng.random() < 0.3:  # and the one that resumes it may be killed as well
            again += 1
            in_child(lambda: dlrecipe.resume("1", runs) and 0, tmp_path, rng.uniform(0, moment))  # noqa: B023
        resumed = dlrecipe.resume("1", runs)
        assert bits(resumed.folder) == bits(whole[number])
        assert verdict(resumed.folder) == verdict(whole[number])
    figure("kill -9, then resume", f"{killed} of {kills} bitwise equal ({again} resumes killed as well)")
