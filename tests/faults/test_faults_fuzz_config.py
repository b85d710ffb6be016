"""Configs broken by chance, tens of thousands of them: read, or refused with a message."""

import random
import re
from collections import Counter

import pytest
from faults_fuzz import bounded, mutate

from dlrecipe.cli.app import run as command
from dlrecipe.config import dump_config, load_config, plain_config
from dlrecipe.errors import ConfigError, DlrecipeError
from dlrecipe.experiments.prepare import prepare

SEEDS = (
    b"data: {source: digits}\nnetwork: {layers: [8]}\n",
    b"""name: full
seed: 3
data:
  source: diabetes
  task: regression
  split: {train: 0.6, dev: 0.2, test: 0.2}
  missing: median
  normalize: true
  train_dev: 0.1
network:
  layers: [7, 3, 2]
  activation: tanh
  keep_prob: [1.0, 0.5, 0.7]
  init: he
training:
  optimizer: adam
  learning_rate: 1e-3
  schedule: {kind: step, every: 10, factor: 0.5}
  batch_size: 64
  epochs: 2
  lambda: 0.3
  l1_ratio: 0.5
  patience: null
recipe: {human_error: 5%, tolerance: 0.02, share: 15%}
""",
    b"a: &a [1, 2]\nb: *a\ndata: {source: breast-cancer, split: auto}\nnetwork: {layers: [], init: 0.1}\n",
)
VALUES = (
    *(
        "0",
        "1",
        "2",
        "3",
        "0.1",
        "0.5",
        "0.9",
        "true",
        "false",
        "null",
        "auto",
        "1%",
        "digits",
        "relu",
        "[4]",
    ),
    *("0", "-1", "1e999", ".nan", "-.inf", "null", "~", "true", "no", "010", "0x7f", "1_000", "5%", "120 %"),
    *("[]", "{}", "[[[]]]", "[1, 2, 3]", "{a: b}", "''", '"\\uD800"', '"\\x00"', "!!python/name:os.system x"),
    *(
        "!!binary aGk=",
        "!!float x",
        "&x [*x]",
        "*missing",
        "<<: {a: 1}",
        "? [a]",
        "--- x",
        "%YAML 9.9",
        "|",
        ">-",
    ),
    *(
        "full",
        "auto",
        "lbfgs",
        "cosine",
        "zeros",
        "../../etc/passwd",
        "/dev/zero",
        "~/x",
        "1000000",
        "99999999",
    ),
    *("1e-320", "9" * 400, "1e308", "\t", "\u2028", "é", "\ufeff", "- - - - x", "a: b: c", "training: 3"),
)
WORDS = tuple(value.encode() for value in VALUES) + tuple(
    f"\n{key}: {value}\n".encode()
    for key in ("seed", "data", "network", "  layers", "  epochs", "  batch_size", "  keep_prob", "  split")
    for value in ("3", "{}", "[1]", "x", "null")
)


def broken(rng):
    """A config with another value somewhere, or with other bytes."""
    content = rng.choice(SEEDS)
    if rng.random() < 0.5:
        return mutate(content, rng, WORDS)
    places = list(re.finditer(rb"(?<=: )[^\n,{}]+", content))
    for place in sorted(
        rng.sample(places, min(len(places), rng.choice((1, 1, 2)))), key=lambda found: -found.start()
    ):
        content = content[: place.start()] + rng.choice(VALUES).encode() + content[place.end() :]
    return content


@pytest.mark.parametrize("count", [600, pytest.param(20_000, marks=pytest.mark.slow)])
def test_a_mutated_config_is_read_or_refused(tmp_path, figure, count):
    rng, outcomes, file = random.Random(count), Counter(), tmp_path / "fuzzed.yaml"
    for _ in range(count):
        file.write_bytes(broken(rng))
        with bounded():
            outcome = _outcome(file)
        outcomes[outcome] += 1
    assert outcomes["refused"]
    assert not outcomes["misplaced"]
    assert outcomes["data refused"] + outcomes["prepared"]
    figure("mutated configs", f"{count:,}: {outcomes['refused']:,} refused as configs, 0 tracebacks or hangs")


def _outcome(file):
    try:
        config = load_config(file)
    except ConfigError as error:
        return "refused" if all(message.startswith(str(file)) for message in error.messages) else "misplaced"
    again = file.with_name("again.yaml")
    again.write_bytes(dump_config(config).encode("utf-8", "surrogateescape"))
    assert plain_config(load_config(again)) == plain_config(config)
    try:
        prepare(config)
    except DlrecipeError:
        return "data refused"
    return "prepared"


@pytest.mark.parametrize("count", [10, pytest.param(300, marks=pytest.mark.slow)])
def test_a_mutated_config_trains_or_ends_with_a_message(tmp_path, figure, capsys, count):
    rng, outcomes, file = random.Random(count), Counter(), tmp_path / "fuzzed.yaml"
    while outcomes.total() < count:
        file.write_bytes(broken(rng))
        with bounded():
            try:
                load_config(file)
            except ConfigError:
                continue
            settings = ["-S", "training.epochs=2", "-S", "training.kernels=numpy", "--json"]
            outcomes[int(command(["train", str(file), "--runs", str(tmp_path / "runs"), *settings]))] += 1
        capsys.readouterr()
    assert set(outcomes) <= {0, 1, 2}
    figure(
        "mutated configs trained",
        f"{count}: {outcomes[0]} trained, {outcomes[1]} diverged, {outcomes[2]} refused",
    )


HOSTILE = {
    "depth": "a: " + "[" * 5000,
    "aliases": "a: &a [x, x, x, x, x, x, x, x, x]\n"
    + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join([f'*{chr(97 + i)}'] * 9)}]\n" for i in range(12)),
    "size": "a: " + "x" * 2**20,
    "itself": "a: &a {b: *a}",
    "many": "a: [" + "1, " * 60_000 + "]",
    "digits": "seed: " + "9" * 200_000,
    "python": "a: !!python/object/apply:os.system ['touch hacked']",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_config_is_refused_at_once(tmp_path, text):
    file = tmp_path / "hostile.yaml"
    file.write_text(text)
    with bounded(), pytest.raises(ConfigError):
        load_config(file)
