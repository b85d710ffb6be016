"""Whatever a configuration holds, its text reads back to an equal one; and broken texts never crash."""

import string

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dlrecipe.config import Config, dump_config, load_config
from dlrecipe.errors import ConfigError
from dlrecipe.nn import ACTIVATIONS
from dlrecipe.training import OPTIMIZERS

fractions = st.floats(0, 1, exclude_min=True, exclude_max=True)
positive = st.floats(0, 1e300, exclude_min=True)
kept = st.floats(0, 1, exclude_min=True)
counts = st.integers(1, 2**63 - 1)
tricky = st.sampled_from(
    ["no", "1e-3", "0o10", "010", "null", "~", "2024-01-01", "=", "<<", "a: b", "#x", " x ", "é"]
)
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1) | tricky
names = st.text(string.ascii_letters + string.digits + "_", min_size=1, max_size=9) | st.just("a-b.c")
files = texts.map(lambda text: f"data/{text}")
splits = (
    st.just("auto")
    | st.builds(
        lambda dev, test: {"train": 1 - dev - test, "dev": dev, "test": test},
        st.floats(0.01, 0.4),
        st.floats(0, 0.4),
    )
    | st.fixed_dictionaries({"train": st.integers(1, 10**12), "dev": st.integers(1, 10**12)})
)
words = st.sampled_from(["error", "mean", "median", "drop"])
columns = st.lists(texts, max_size=3)
schedules = (
    st.sampled_from(["constant", "step", "cosine", "inverse"])
    | st.fixed_dictionaries({"kind": st.just("step"), "every": counts, "factor": kept})
    | st.fixed_dictionaries({"kind": st.just("cosine"), "floor": st.floats(0, 1)})
    | st.fixed_dictionaries({"kind": st.just("inverse"), "decay": positive})
)  # fmt: skip


@st.composite
def raw_configs(draw):
    """Draw plain data of a configuration that obeys every rule, each optional key there or not."""
    layers = draw(st.lists(st.integers(1, 10**6), max_size=4))
    dev = draw(st.none() | files)
    optimizer = draw(st.sampled_from([*OPTIMIZERS, "lbfgs"]))
    probs = st.just(1.0) if optimizer == "lbfgs" else kept
    sizes = st.just("full") if optimizer == "lbfgs" else st.just("full") | counts
    data = {
        "target": st.none() | texts,
        "task": st.sampled_from([None, "classification", "regression"]),
        "split": splits,
        "stratify": st.booleans(),
        "test": st.none() if dev is None else st.none() | files,
        "train_dev": st.none() | fractions,
        "missing": words | st.dictionaries(texts, words, max_size=3),
        "missing_indicator": st.booleans() | columns,
        draw(st.sampled_from(["drop", "keep"])): columns,
        draw(st.sampled_from(["group", "time"])): st.none() | texts,
        "normalize": st.booleans(),
        "stream": st.sampled_from(["auto", True, False]),
    }
    network = {
        "activation": st.sampled_from(list(ACTIVATIONS)),
        "keep_prob": probs | st.lists(probs, min_size=len(layers), max_size=len(layers)),
        "init": st.sampled_from(["he", "lecun", "xavier", "zeros"]) | positive,
    }
    training = {
        "learning_rate": positive,
        "schedule": schedules,
        "batch_size": sizes,
        "epochs": st.integers(0, 2**63 - 1),
        "lambda": positive,
        "l1_ratio": st.floats(0, 1),
        "patience": st.none() | counts,
    }
    recipe = {
        "human_error": st.none() | fractions | st.floats(0, 1e300).map(lambda percent: f"{percent}%"),
        "tolerance": fractions | st.just("100%"),
        "share": fractions | st.just(0),
    }
    source = draw(st.sampled_from(["digits", "diabetes"]) | files)
    return {
        "name": draw(names),
        "seed": draw(st.integers(0, 2**63 - 1)),
        "data": {"source": source, "dev": dev, **draw(st.fixed_dictionaries({}, optional=data))},
        "network": {"layers": layers, **draw(st.fixed_dictionaries({}, optional=network))},
        "training": {"optimizer": optimizer, **draw(st.fixed_dictionaries({}, optional=training))},
        "recipe": draw(st.fixed_dictionaries({}, optional=recipe)),
    }


quietly = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@given(raw_configs())
@quietly
def test_a_written_configuration_reads_back_to_an_equal_one(tmp_path, raw):
    first, second = tmp_path / "first.yaml", tmp_path / "other" / "second.yaml"
    first.write_text("name: replaced below\n", encoding="utf-8")
    second.parent.mkdir(exist_ok=True)
    config = load_config(first, overrides=raw)
    second.write_text(dump_config(config), encoding="utf-8", newline="")
    assert load_config(second) == config


@given(raw_configs())
@quietly
def test_other_readers_see_the_same_text(raw):
    config = Config.model_validate(raw)
    elsewhere = yaml.safe_load(dump_config(config))  # YAML 1.1
    assert elsewhere["data"]["target"] == config.data.target
    assert elsewhere["training"]["learning_rate"] == config.training.learning_rate
    assert elsewhere["name"] == config.name


snippets = st.sampled_from(
    [
        *("", "null", "-1", "1e400", ".nan", "true", "yes", "0x", "[[]]", "{a: }", "\ud83d\ude00"),
        *("[", "]", "{", "}", "&a ", "*a", "!!x ", ": ", "- ", "? ", "#", "'", '"', "|", "<<: "),
        *("\n", "\t", "  ", "\n---\n", "%YAML 1.2", "\x00", "\u2028"),
    ]
)


@given(
    raw_configs(), st.lists(st.tuples(st.integers(0), st.integers(0, 12), snippets), min_size=1, max_size=4)
)
@quietly
def test_a_damaged_file_loads_or_says_what_is_wrong(tmp_path, raw, damages):
    text = dump_config(Config.model_validate(raw))
    for place, length, snippet in damages:
        start = place % len(text)
        text = text[:start] + snippet + text[start + length :]
    path = tmp_path / "damaged.yaml"
    path.write_text(text, encoding="utf-8", errors="ignore", newline="")
    try:
        load_config(path)
    except ConfigError as error:
        assert error.messages  # noqa: PT017 - either way is right
        assert all(message.startswith(str(path)) for message in error.messages)  # noqa: PT017 - likewise


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | tricky,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
KEYS = [
    *("seed", "name", "foo", "data", "network", "training", "recipe"),
    *("data.source", "data.split", "data.split.dev", "data.test"),
    *("network.layers", "network.layers.0", "network.keep_prob", "network.init"),
    *("training.schedule", "training.schedule.every", "training.optimizer", "training.batch_size"),
    *("training.patience", "recipe.share"),
]


@given(raw_configs(), st.dictionaries(st.sampled_from(KEYS), junk, min_size=1, max_size=4))
@quietly
def test_overrides_of_anything_load_or_say_what_is_wrong(tmp_path, raw, overrides):
    path = tmp_path / "config.yaml"
    path.write_text(dump_config(Config.model_validate(raw)), encoding="utf-8", newline="")
    try:
        load_config(path, overrides)
    except ConfigError as error:
        assert error.messages  # noqa: PT017 - either way is right
        assert all(message.startswith((str(path), "--set ")) for message in error.messages)  # noqa: PT017 - likewise
