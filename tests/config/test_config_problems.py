"""The messages, word for word: where, which key, what is allowed, what was found."""

import inspect
from collections.abc import Iterator
from typing import get_args

import pytest

from dlrecipe.config import load_config
from dlrecipe.config.keys import known_keys
from dlrecipe.config.model import Config
from dlrecipe.config.numeric import Fraction, Number
from dlrecipe.config.problems import validate
from dlrecipe.config.section import Section
from dlrecipe.config.sentences import Must
from dlrecipe.config.wording import either
from dlrecipe.config.words import Choice, OneOf, Text
from dlrecipe.errors import ConfigError
from dlrecipe.nn import ACTIVATIONS
from dlrecipe.training import OPTIMIZERS

NAME_RULE = (
    "made of letters, digits, - _ and . (at most 100, the first no - or .): run folders are named after it"
)
SPLIT_RULE = "data.split must be auto, or a mapping with train, dev and test."
MIXED_RULE = "data.split must be all ratios below 1 or all whole counts of examples, not both."
KINDS = "constant, step, cosine or inverse, or a mapping with one of these as its kind, and its settings"
INIT_RULE = "must be he, lecun, xavier, zeros or a standard deviation above 0."
KEEP_PROB_RULE = "must be one number or a list with one for each hidden layer, each in (0, 1]."
LAYERS_RULE = "must be a list of at most 1000 hidden layer sizes, such as [64, 32], or [] for a linear model."
UNQUOTED = "Write it in quotes if it is meant as text."

# One key replaced in a file that is right otherwise: its value, and the message about it.
BAD_VALUES = [
    ("name", "-x", f'name must be {NAME_RULE}. Got "-x".'),
    ("name", ".hidden", f'name must be {NAME_RULE}. Got ".hidden".'),
    ("name", "../x", f'name must be {NAME_RULE}. Got "../x".'),
    ("name", "a b", f'name must be {NAME_RULE}. Got "a b".'),
    ("name", '"a\\n"', f'name must be {NAME_RULE}. Got "a\\n".'),
    ("name", "x" * 101, f'name must be {NAME_RULE}. Got "{"x" * 56}....'),
    ("name", "2024", f"name must be {NAME_RULE}. Got 2024. {UNQUOTED}"),
    ("seed", "-1", "seed must be at least 0. Got -1."),
    ("seed", "1.5", "seed must be a whole number, at least 0. Got 1.5."),
    ("seed", "true", "seed must be a whole number, at least 0. Got true."),
    ("seed", '"1"', 'seed must be a whole number, at least 0. Got "1".'),
    ("seed", "9223372036854775808", "seed must be below 2**63. Got 9223372036854775808."),
    ("data.source", "null", "data.source must be the name of a bundled set or the path of a file. Got null."),
    ("data.source", "''", 'data.source must be the name of a bundled set or the path of a file. Got "".'),
    (
        "data.source",
        '"a\\0b"',
        'data.source must be the name of a bundled set or the path of a file. Got "a\\u0000b".',
    ),
    (
        "data.target",
        "3",
        f"data.target must be the name of a column or the path of a label file. Got 3. {UNQUOTED}",
    ),
    ("data.task", "cluster", 'data.task must be classification or regression. Got "cluster".'),
    ("data.split", "0.8", f"{SPLIT_RULE} Got 0.8."),
    ("data.split", "[0.6, 0.2, 0.2]", f"{SPLIT_RULE} Got [0.6, 0.2, 0.2]."),
    ("data.split", "{train: -1, dev: 2}", "data.split.train must be in [0, 1000000000000]. Got -1."),
    (
        "data.split",
        "{train: x, dev: 2}",
        'data.split.train must be a number, in [0, 1000000000000]. Got "x".',
    ),
    (
        "data.split",
        "{train: 0.8}",
        "data.split.dev is required: Dev part: a ratio below 1, or a count of examples.",
    ),
    (
        "data.split",
        "{train: 0.8, dev: 0.2, tset: 0}",
        "data.split.tset is not a known key. Did you mean data.split.test?",
    ),
    (
        "data.split",
        "{train: 0.6, dev: 0.2}",
        "data.split must have ratios that add to 1. Got a sum of 0.8.",
    ),
    (
        "data.split",
        "{train: 0.5, dev: 200}",
        f"{MIXED_RULE} Got [0.5, 200, 0].",
    ),
    (
        "data.split",
        "{train: 20.5, dev: 200}",
        f"{MIXED_RULE} Got [20.5, 200, 0].",
    ),
    ("data.split", "{train: 0, dev: 200}", "data.split.train must not be empty. Got 0."),
    ("data.split", "{train: 1, dev: 0}", "data.split.dev must not be empty. Got 0."),
    ("data.stratify", "yes", 'data.stratify must be true or false. Got "yes".'),
    ("data.stream", "yes", 'data.stream must be auto, true or false. Got "yes".'),
    ("data.stream", "1", "data.stream must be auto, true or false. Got 1."),
    ("data.normalize", "1", "data.normalize must be true or false. Got 1."),
    ("data.train_dev", "0", "data.train_dev must be in (0, 1), or null for none. Got 0."),
    ("data.train_dev", "100%", 'data.train_dev must be in (0, 1), or null for none. Got "100%".'),
    ("data.missing", "mode", 'data.missing must be error, mean, median or drop. Got "mode".'),
    ("data.missing", "{age: mode}", 'data.missing.age must be error, mean, median or drop. Got "mode".'),
    ("data.missing", "{age: null}", "data.missing.age must be error, mean, median or drop. Got null."),
    (
        "data.missing_indicator",
        "yes",
        'data.missing_indicator must be true, false or a list of names of columns. Got "yes".',
    ),
    (
        "data.missing_indicator",
        "[1]",
        f"data.missing_indicator[0] must be the name of a column. Got 1. {UNQUOTED}",
    ),
    ("data.drop", "id", 'data.drop must be a list of names of columns. Got "id".'),
    ("data.drop", "[id, 3]", f"data.drop[1] must be the name of a column. Got 3. {UNQUOTED}"),
    ("data.keep", "age", 'data.keep must be a list of names of columns. Got "age".'),
    ("data.time", "3", f"data.time must be the name of a column. Got 3. {UNQUOTED}"),
    ("data.group", "false", f"data.group must be the name of a column. Got false. {UNQUOTED}"),
    (
        "data.test",
        "b.csv",
        (
            "data.test needs data.dev as well: "
            "either both are parts of data.source, or dev has a file of its own."
        ),
    ),
    ("network.layers", "64", f"network.layers {LAYERS_RULE} Got 64."),
    ("network.layers", "null", f"network.layers {LAYERS_RULE} Got null."),
    ("network.layers", "[8, 0]", "network.layers[1] must be in [1, 1000000]. Got 0."),
    ("network.layers", "[1e7]", "network.layers[0] must be in [1, 1000000]. Got 10000000.0."),
    ("network.layers", "[8, x]", 'network.layers[1] must be a whole number, in [1, 1000000]. Got "x".'),
    (
        "network.layers",
        f"[{'1,' * 1001}]",
        f"network.layers {LAYERS_RULE} Got [{'1, ' * 18}1,....",
    ),
    (
        "network.activation",
        "rellu",
        f'network.activation must be {either(ACTIVATIONS)}. Got "rellu".',
    ),
    ("network.keep_prob", "1.5", "network.keep_prob must be in (0, 1]. Got 1.5."),
    ("network.keep_prob", "0", "network.keep_prob must be in (0, 1]. Got 0."),
    ("network.keep_prob", "[1.5]", "network.keep_prob[0] must be in (0, 1]. Got 1.5."),
    ("network.keep_prob", "half", f'network.keep_prob {KEEP_PROB_RULE} Got "half".'),
    ("network.keep_prob", ".nan", f"network.keep_prob {KEEP_PROB_RULE} Got NaN."),
    (
        "network.keep_prob",
        "[0.5, 0.5]",
        "network.keep_prob must be one number, or a list with one for each of the 1 hidden layers. Got 2.",
    ),
    ("network.init", "0", "network.init must be above 0; for weights of 0 write zeros. Got 0."),
    ("network.init", "glorot", f'network.init {INIT_RULE} Got "glorot".'),
    ("network.init", "true", f"network.init {INIT_RULE} Got true."),
    (
        "training.optimizer",
        "sgd",
        f'training.optimizer must be {either([*OPTIMIZERS, "lbfgs"])}. Got "sgd".',
    ),
    ("training.learning_rate", "0", "training.learning_rate must be above 0. Got 0."),
    ("training.learning_rate", ".inf", "training.learning_rate must be a number, above 0. Got Infinity."),
    ("training.learning_rate", "1e400", "training.learning_rate must be a number, above 0. Got Infinity."),
    ("training.learning_rate", "fast", 'training.learning_rate must be a number, above 0. Got "fast".'),
    ("training.schedule", "linear", f'training.schedule must be {KINDS}. Got "linear".'),
    ("training.schedule", "{every: 3}", f'training.schedule must be {KINDS}. Got {{"every": 3}}.'),
    ("training.schedule", "{kind: word}", f'training.schedule must be {KINDS}. Got {{"kind": "word"}}.'),
    ("training.schedule", "{kind: [1]}", f'training.schedule must be {KINDS}. Got {{"kind": [1]}}.'),
    (
        "training.schedule",
        "{kind: step, every: 0}",
        "training.schedule.every must be at least 1. Got 0.",
    ),
    (
        "training.schedule",
        "{kind: cosine, every: 3}",
        "training.schedule.every does not belong to the kind that is chosen here. Remove it.",
    ),
    ("training.batch_size", "0", "training.batch_size must be at least 1, or full. Got 0."),
    (
        "training.batch_size",
        "all",
        'training.batch_size must be a whole number of at least 1, or full. Got "all".',
    ),
    ("training.epochs", "-1", "training.epochs must be at least 0. Got -1."),
    ("training.epochs", "1.5", "training.epochs must be a whole number, at least 0. Got 1.5."),
    ("training.lambda", "-0.1", "training.lambda must be at least 0. Got -0.1."),
    ("training.l1_ratio", "2", "training.l1_ratio must be in [0, 1]. Got 2."),
    ("training.patience", "0", "training.patience must be at least 1, or null to never stop early. Got 0."),
    (
        "training.patience",
        "never",
        'training.patience must be a whole number, at least 1, or null to never stop early. Got "never".',
    ),
    ("recipe.human_error", "5", "recipe.human_error is ambiguous: write 5% or 500%. Got 5."),
    ("recipe.human_error", "-1%", 'recipe.human_error must be at least 0. Got "-1%".'),
    (
        "recipe.human_error",
        "low",
        'recipe.human_error must be a fraction such as 0.05 or 5%. Got "low".',
    ),
    ("recipe.tolerance", "101%", 'recipe.tolerance must be in [0, 1]. Got "101%".'),
    ("recipe.share", "100%", 'recipe.share must be in [0, 1). Got "100%".'),
]

GOOD = {
    "name": {"": "x"},
    "seed": {"": "0"},
    "data": {"source": "digits"},
    "network": {"layers": "[3]"},
    "training": {"epochs": "1"},
    "recipe": {"share": "0.1"},
}


def with_value(key: str, value: str) -> tuple[str, int]:
    """Return a file that is right but for one key, and the line of that key."""
    section, _, leaf = key.partition(".")
    lines, place = [], 0
    for name, keys in GOOD.items():
        chosen = {**keys, leaf: value} if name == section else keys
        if "" not in chosen:
            lines.append(f"{name}:")
        for inner, text in chosen.items():
            lines.append(f"  {inner}: {text}" if inner else f"{name}: {text}")
            place = len(lines) if (name, inner) == (section, leaf) else place
    return "\n".join(lines), place


@pytest.mark.parametrize(("key", "value", "message"), BAD_VALUES)
def test_a_bad_value_is_named_with_its_line_key_rule_and_value(complaints, key, value, message):
    text, line = with_value(key, value)
    assert complaints(text) == [f"config.yaml:{line}: {message}"]


@pytest.mark.parametrize(("key", "value", "message"), BAD_VALUES[10:])
def test_a_bad_value_of_an_override_names_the_override(complaints, key, value, message):
    from dlrecipe.config import parse_overrides  # noqa: PLC0415 - beside its only use

    found = complaints(overrides=parse_overrides([f"{key}={value}"]))
    assert [text.split(": ", 1)[1].endswith(message) for text in found] == [True]
    assert found[0].startswith(f"--set {key}=")


UNKNOWN_KEYS = [
    ("training", "lamda: 1", "training.lamda is not a known key. Did you mean training.lambda?"),
    ("training", "lambd: 1", "training.lambd is not a known key. Did you mean training.lambda?"),
    ("training", "Lambda: 1", "training.Lambda is not a known key. Did you mean training.lambda?"),
    (
        "training",
        "batch-size: 1",
        "training.batch-size is not a known key. Did you mean training.batch_size?",
    ),
    ("network", "lambda: 1", "network.lambda is not a known key. Did you mean training.lambda?"),
    ("network", "patiense: 1", "network.patiense is not a known key. Did you mean training.patience?"),
    ("network", "test: a", "network.test is not a known key. Did you mean data.test or data.split.test?"),
    ("training", "seed: 1", "training.seed is not a known key. Did you mean seed?"),
    (
        "recipe",
        "zzz: 1",
        (
            "recipe.zzz is not a known key. "
            "Known keys here: recipe.metric, recipe.human_error, recipe.tolerance or recipe.share."
        ),
    ),
]


@pytest.mark.parametrize(("section", "line", "message"), UNKNOWN_KEYS)
def test_an_unknown_key_names_the_one_that_was_meant(complaints, section, line, message):
    sections = {
        "data": "source: digits",
        "network": "layers: [3]",
        "training": "epochs: 1",
        "recipe": "share: 0",
    }
    sections[section] += f"\n  {line}"
    text = "\n".join(f"{name}:\n  {keys}" for name, keys in sections.items())
    number = text.splitlines().index(f"  {line}") + 1
    assert complaints(text) == [f"config.yaml:{number}: {message}"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("lambda: 0.3", "lambda is not a known key. Did you mean training.lambda?"),
        ("trainig: {}", "trainig is not a known key. Did you mean training?"),
        ("layers: [3]", "layers is not a known key. Did you mean network.layers?"),
        (
            "zzzz: 1",
            "zzzz is not a known key. Known keys here: name, seed, data, network, training, recipe or sweep.",
        ),
        (
            r'"\e[31m": 1',
            (
                r"\x1b[31m is not a known key. Known keys here: name, seed, data, network, training, "
                "recipe or sweep."
            ),
        ),
    ],
)
def test_an_unknown_key_at_the_top_names_the_one_that_was_meant(complaints, line, message):
    text = f"data: {{source: digits}}\nnetwork: {{layers: [3]}}\n{line}"
    assert complaints(text) == [f"config.yaml:3: {message}"]


def test_all_problems_of_a_file_come_at_once_in_the_order_of_their_lines(complaints):
    text = """\
seed: -1
data:
  source: digits
  test: other.csv
network:
  layers: [7, 3]
  keep_prob: [1.0, 0.5, 0.7]
training:
  optimizer: lbfgs
  batch_size: 32
  epochs: many
  epochs: -1
  patience: !!python/name:os.system x
  lamda: 1
recipe:
  share: 2%
  tolerance: 3
"""
    assert complaints(text, {"training.l1_ratio": 2, "name": "a/b"}) == [
        "config.yaml:1: seed must be at least 0. Got -1.",
        (
            "config.yaml:4: data.test needs data.dev as well: either both are parts of data.source, "
            "or dev has a file of its own."
        ),
        (
            "config.yaml:7: network.keep_prob must be one number, or a list with one for each of the "
            "2 hidden layers. Got 3."
        ),
        (
            "config.yaml:7: network.keep_prob must be 1 with optimizer lbfgs, whose line search needs a J "
            "that dropout does not change. Got [1.0, 0.5, 0.7]."
        ),
        (
            "config.yaml:10: training.batch_size must be full with optimizer lbfgs, which has no batches. "
            "Got 32."
        ),
        "config.yaml:12: training.epochs is repeated: it was given on line 11 already. Keep one of them.",
        "config.yaml:12: training.epochs must be at least 0. Got -1.",
        (
            "config.yaml:13: training.patience has the tag !!python/name:os.system, which is not supported: "
            "write plain values."
        ),
        "config.yaml:14: training.lamda is not a known key. Did you mean training.lambda?",
        "config.yaml:17: recipe.tolerance is ambiguous: write 3% or 300%. Got 3.",
        f'--set name=a/b: name must be {NAME_RULE}. Got "a/b".',
        "--set training.l1_ratio=2: training.l1_ratio must be in [0, 1]. Got 2.",
    ]


def test_a_rule_between_keys_is_silent_where_one_of_them_is_wrong_by_itself(complaints):
    text = "data: {source: digits}\nnetwork:\n  layers: [0]\n  keep_prob: [0.5, 0.5]\n"
    assert complaints(text) == ["config.yaml:3: network.layers[0] must be in [1, 1000000]. Got 0."]


def test_a_missing_required_key_names_the_line_of_its_section(complaints):
    text = "name: x\n\ndata:\n  task: regression\nnetwork:\n  activation: tanh\n"
    source, layers = complaints(text)
    assert source.startswith("config.yaml:3: data.source is required: A bundled set by name")
    assert layers == (
        "config.yaml:5: network.layers is required: "
        "Sizes of the hidden layers in units, first to last; [] is a linear model."
    )


@pytest.mark.parametrize("text", ["name: x\ndata:\nnetwork:\n", "name: x\n"])
def test_an_empty_or_missing_section_is_judged_by_its_required_keys(complaints, text):
    assert [message.split(": ")[1].split()[0] for message in complaints(text)] == [
        "data.source",
        "network.layers",
    ]


@pytest.mark.parametrize(
    ("augment", "message"),
    [
        ("3", "data.augment must be a mapping of keys. Got 3."),
        ("{shift: 1.5}", "data.augment.shift must be a whole number, in [0, 1000]. Got 1.5."),
        ("{shift: -1}", "data.augment.shift must be in [0, 1000]. Got -1."),
        (
            "{flip: up}",
            'data.augment.flip must be none, horizontal, vertical or a list of the last two. Got "up".',
        ),
        ("{flip: [up]}", 'data.augment.flip[0] must be horizontal or vertical. Got "up".'),
        (
            "{flip: [vertical, vertical]}",
            'data.augment.flip must name each direction once. Got ["vertical", "vertical"].',
        ),
        (
            "{image: [8]}",
            (
                "data.augment.image must be a list of height and width in pixels, such as [28, 28]; "
                "with colours [32, 32, 3]. Got [8]."
            ),
        ),
        ("{image: [8, 0]}", "data.augment.image[1] must be in [1, 100000]. Got 0."),
        (
            "{shift: 8, image: [8, 9]}",
            "data.augment.shift must be less than the picture's sides, [8, 9]. Got 8.",
        ),
        ("{shifts: 1}", "data.augment.shifts is not a known key. Did you mean data.augment.shift?"),
    ],
)
def test_augmentation_is_told_what_is_wrong(complaints, augment, message):
    (found,) = complaints(f"data:\n  source: digits\n  augment: {augment}\nnetwork: {{layers: []}}\n")
    assert found == f"config.yaml:3: {message}"


def test_lbfgs_refuses_moved_pictures_and_takes_those_that_are_not(load, complaints):
    config = (
        "training: {{optimizer: lbfgs}}\ndata:\n  source: digits\n  augment: {}\nnetwork: {{layers: []}}\n"
    )
    (found,) = complaints(config.format("{shift: 1}"))
    assert found.startswith(
        "config.yaml:4: data.augment must be left out with optimizer lbfgs, whose line search"
    )
    assert not load(config.format("{shift: 0, flip: []}")).data.augment.varies


@pytest.mark.parametrize("value", ["[1]", "text", "3", "true"])
def test_a_section_must_be_a_mapping(complaints, value):
    (message,) = complaints(f"data: {{source: digits}}\nnetwork: {{layers: []}}\ntraining: {value}\n")
    assert message.startswith("config.yaml:3: training must be a mapping of keys. Got ")


def test_hundreds_of_problems_are_counted_but_not_all_listed(complaints):
    found = complaints(f"data: {{source: digits}}\nnetwork: {{layers: [{'0,' * 300}]}}")
    assert len(found) == 201
    assert found[-1] == "... and 100 more problems."


def markers(annotation: object) -> Iterator[object]:
    """Yield the markers of an annotation, its inner ones included."""
    yield from getattr(annotation, "__metadata__", ())
    for part in get_args(annotation):
        yield from markers(part)


@pytest.mark.parametrize("keys", known_keys(), ids=".".join)
def test_every_key_has_words_of_ours_for_what_is_allowed(keys):
    field = known_keys()[keys]
    ours = [*field.metadata, *markers(field.annotation)]
    may_be_left_out = keys in {("sweep",), ("data", "augment")}
    kind = next(iter(get_args(field.annotation)), None) if may_be_left_out else field.annotation
    is_section = inspect.isclass(kind) and issubclass(kind, Section)
    decides_its_union = keys[-1] == "kind"
    assert (
        is_section
        or decides_its_union
        or any(isinstance(marker, Number | Fraction | Choice | OneOf | Text | Must) for marker in ours)
    )


@pytest.mark.parametrize("keys", known_keys(), ids=".".join)
@pytest.mark.parametrize(
    "value",
    [object(), b"x", 1j, {1: 2}, [[]], {"a": {}}, 10**5000, float("nan"), set(), "\ud800", "x" * 999],
    ids=[*"abcdefghijk"],
)
def test_no_wording_of_pydantic_is_ever_shown(keys, value):
    raw = {"data": {"source": "digits"}, "network": {"layers": [3]}}
    here = raw
    for key in keys[:-1]:
        here = here.setdefault(key, {"train": 0.5, "dev": 0.5} if key == "split" else {})
    here[keys[-1]] = value
    _, problems = validate(raw)
    shown = " ".join(problem.text for problem in problems)
    assert not any(word in shown for word in ("Input", "should", "valid", "pydantic", "Error", "function-"))


def test_the_model_says_by_itself_what_the_rules_between_keys_are():
    broken = {"data": {"source": "digits", "test": "a.csv"}, "network": {"layers": []}}
    with pytest.raises(ValueError, match="rules between keys"):
        Config.model_validate(broken)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            "{source: a.csv, drop: [a], keep: [b]}",
            'data.drop must be empty where data.keep names all inputs. Got ["a"].',
        ),
        (
            "{source: a.csv, time: day, group: patient}",
            "data.time cannot be had with data.group: a group may",
        ),
    ],
)
def test_columns_that_contradict_each_other_are_refused(tmp_path, data, message):
    (tmp_path / "c.yaml").write_text(f"data: {data}\nnetwork: {{layers: []}}\n")
    with pytest.raises(ConfigError) as refusal:
        load_config(tmp_path / "c.yaml")
    assert message in str(refusal.value)
