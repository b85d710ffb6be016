"""What a file becomes: defaults, names, paths; and files that are none."""

import os
from pathlib import Path

import pydantic
import pytest

import dlrecipe.config
from dlrecipe.config import Config, dump_config, load_config
from dlrecipe.config.schedules import Cosine, Inverse, Step
from dlrecipe.errors import ConfigError

EMPTY = "config.yaml:1: the file is empty. It needs data.source and network.layers at least."
EXAMPLES = sorted((Path(__file__).parents[2] / "configs").glob("*.yaml"))


def test_the_smallest_file_gets_every_default_of_the_contract(load):
    config = load()
    assert config.model_dump(by_alias=True) == {
        "name": "config",
        "seed": 0,
        "data": {
            "source": "digits",
            "target": None,
            "task": None,
            "split": "auto",
            "stratify": True,
            "dev": None,
            "test": None,
            "split_seed": None,
            "train_examples": None,
            "train_dev": None,
            "missing": "error",
            "missing_indicator": False,
            "drop": (),
            "keep": None,
            "group": None,
            "time": None,
            "normalize": True,
            "stream": "auto",
        },
        "network": {"layers": (3,), "activation": "relu", "keep_prob": 1.0, "init": "he"},
        "training": {
            "optimizer": "adam",
            "learning_rate": 0.001,
            "schedule": {"kind": "constant"},
            "batch_size": 64,
            "epochs": 100,
            "lambda": 0.0,
            "l1_ratio": 0.0,
            "patience": 10,
            "class_weight": None,
            "threads": "auto",
            "kernels": "auto",
        },
        "recipe": {"metric": "error", "human_error": None, "tolerance": 0.02, "share": 0.15},
        "sweep": None,
    }


def test_nothing_of_a_configuration_can_be_changed(load):
    with pytest.raises(pydantic.ValidationError, match="frozen"):
        load().seed = 1
    with pytest.raises(pydantic.ValidationError, match="frozen"):
        load().training.lambd = 1


@pytest.mark.parametrize(
    ("activation", "init"),
    [("relu", "he"), ("leaky_relu", "he"), ("tanh", "xavier"), ("sigmoid", "xavier"), ("identity", "xavier")],
)
def test_the_initialisation_follows_the_activation_unless_it_is_given(load, activation, init):
    assert load(overrides={"network.activation": activation}).network.init == init
    assert load(overrides={"network.activation": activation, "network.init": "lecun"}).network.init == "lecun"


def test_lbfgs_takes_the_whole_set_and_the_others_batches(load):
    assert load(overrides={"training.optimizer": "lbfgs"}).training.batch_size == "full"
    assert load(overrides={"training.optimizer": "gd"}).training.batch_size == 64
    assert load(overrides={"training.batch_size": "full"}).training.batch_size == "full"


@pytest.mark.parametrize(
    ("layers", "keep_prob", "keep_probs"),
    [
        ([7, 3, 2], 0.5, (0.5, 0.5, 0.5)),
        ([7, 3, 2], [1, 0.5, 0.7], (1.0, 0.5, 0.7)),
        ([], 0.5, ()),
        ([], [], ()),
    ],
)
def test_keep_probs_has_one_for_each_hidden_layer(load, layers, keep_prob, keep_probs):
    config = load(overrides={"network.layers": layers, "network.keep_prob": keep_prob})
    assert config.network.keep_probs == keep_probs


@pytest.mark.parametrize(
    ("written", "schedule"),
    [
        ("step", Step(kind="step", every=30, factor=0.1)),
        ("{kind: step, every: 5}", Step(kind="step", every=5, factor=0.1)),
        ("cosine", Cosine(kind="cosine", floor=0.0)),
        ("{kind: inverse, decay: 1}", Inverse(kind="inverse", decay=1.0)),
    ],
)
def test_a_schedule_is_a_word_or_a_mapping(load, written, schedule):
    text = f"data: {{source: digits}}\nnetwork: {{layers: [3]}}\ntraining: {{schedule: {written}}}\n"
    assert load(text).training.schedule == schedule


def test_counts_of_a_split_are_whole_and_ratios_are_not(load):
    counts = load(overrides={"data.split": {"train": 800, "dev": 200.0}}).data.split
    assert counts.sizes == (800, 200, 0)
    assert all(type(size) is int for size in counts.sizes)
    assert counts.in_counts
    ratios = load(overrides={"data.split": {"train": 0.7, "dev": 0.2, "test": 0.1}}).data.split
    assert ratios.sizes == (0.7, 0.2, 0.1)
    assert not ratios.in_counts


def test_ratios_may_miss_one_by_rounding(load):
    load(overrides={"data.split": {"train": 0.3333333, "dev": 0.3333333, "test": 0.3333333}})
    with pytest.raises(ConfigError, match=r"add to 1\. Got a sum of 0\.99999"):
        load(overrides={"data.split": {"train": 0.33333, "dev": 0.33333, "test": 0.33333}})


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("digits.yaml", "digits"),
        ("my config.yaml", "my-config"),
        (".hidden", "hidden"),
        ("größe.v2.yml", "gr-e.v2"),
        ("---.yaml", "run"),
        (f"{'x' * 150}.yaml", "x" * 100),
    ],
)
def test_the_name_is_the_files_stem_made_fit(tmp_path, file, name):
    (tmp_path / file).write_text("name:\ndata: {source: digits}\nnetwork: {layers: []}\n", encoding="utf-8")
    assert load_config(tmp_path / file).name == name


def test_paths_are_seen_from_the_files_folder(tmp_path, monkeypatch):
    folder = tmp_path / "configs"
    folder.mkdir()
    (folder / "c.yaml").write_text(
        "data: {source: ../a.csv, dev: b.csv, test: /c.csv, target: label}\nnetwork: {layers: []}\n"
    )
    monkeypatch.chdir(tmp_path)
    data = load_config(Path("configs", "c.yaml")).data
    assert (data.source, data.dev, data.test) == (f"{folder}/../a.csv", f"{folder}/b.csv", "/c.csv")
    assert data.target == "label"
    assert load_config("configs/c.yaml", {"data.source": "d.csv"}).data.source == f"{folder}/d.csv"
    assert load_config("configs/c.yaml", {"data.source": Path("d.csv")}).data.source == f"{folder}/d.csv"


def test_a_bundled_sets_name_stays_unless_a_file_has_it(load, tmp_path):
    assert load().data.source == "digits"
    assert load(overrides={"data.dev": "breast-cancer"}).data.dev == "breast-cancer"
    (tmp_path / "digits").touch()
    assert load().data.source == str(tmp_path / "digits")
    assert load(overrides={"data.source": "x" * 300}).data.source == "x" * 300  # too long to be looked for


@pytest.mark.parametrize(
    ("source", "is_file"),
    [
        ("a.csv", False),
        ("a.CSV.GZ", False),
        ("a.tsv", False),
        ("a.parquet", False),
        ("a.npz", False),
        ("digits", False),
        ("a.npy", True),
        ("train-images.idx3-ubyte", True),
        ("folder/train-images-idx3-ubyte.gz", True),
    ],
)
def test_a_target_is_a_path_only_where_labels_have_a_file_of_their_own(load, tmp_path, source, is_file):
    target = load(overrides={"data.source": source, "data.target": "labels.npy"}).data.target
    assert target == (str(tmp_path / "labels.npy") if is_file else "labels.npy")


def test_a_byte_order_mark_and_windows_line_ends_do_not_matter(load):
    assert load(b"\xef\xbb\xbfdata:\r\n  source: digits\r\nnetwork:\r\n  layers: [3]\r\n") == load()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", EMPTY),
        (b"# nothing\n", EMPTY),
        (
            b"- a\n- b\n",
            (
                "config.yaml:1: the file must be a mapping with keys such as name, seed, data, network, "
                'training, recipe or sweep. Got ["a", "b"].'
            ),
        ),
        (
            b"!!python/name:x y",
            (
                "config.yaml:1: The value has the tag !!python/name:x, which is not supported: "
                "write plain values."
            ),
        ),
        (b"a: 1\nb: \xff\n", "config.yaml:2: the file is not UTF-8 text. Save it as UTF-8."),
        ("a: 1\n".encode("utf-16"), "config.yaml:1: the file is not UTF-8 text. Save it as UTF-8."),
        (
            b"a: [1\n",
            (
                "config.yaml:2: This is not valid YAML: while parsing a flow sequence, expected ',' or ']', "
                "but got '<stream end>'."
            ),
        ),
        (b" " * 300_000, "config.yaml: the file has more than 262,144 bytes, so it is no configuration."),
    ],
)
def test_a_file_that_is_no_configuration_gets_one_message(complaints, content, message):
    assert complaints(content) == [message]


def test_what_is_no_file_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    expected = {
        "none.yaml": "none.yaml: there is no such file. `dlrecipe init none.yaml` writes one.",
        "folder": "folder: this is a folder. Name the YAML file in it.",
        "pipe": "pipe: this is no regular file. Save the configuration to a file.",
        "pipe/x": "pipe/x: the file cannot be read: Not a directory.",
        "a\0b": "a\0b: the file cannot be read: embedded null byte.",
        "x" * 300: f"{'x' * 300}: the file cannot be read: File name too long.",
    }
    for path, message in expected.items():
        with pytest.raises(ConfigError) as raised:
            load_config(path)
        assert raised.value.messages == (message,)


def test_other_rooms_get_plain_values(load):
    split = {"train": 0.7, "dev": 0.2, "test": 0.1}
    config = load(overrides={"data.split": split, "data.train_dev": "5%", "training.schedule": "step"})
    plan = config.data_plan()
    assert plan == {
        **load().data_plan(),
        "split": split,
        "train_dev": 0.05,
    }
    assert type(plan["split"]) is dict
    assert config.training.schedule.settings == {"every": 30, "factor": 0.1}
    assert load().training.schedule.settings == {}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_load_and_read_back(path, tmp_path):
    config = load_config(path)
    assert config.name == path.stem
    (tmp_path / "again.yaml").write_text(dump_config(config), encoding="utf-8")
    assert load_config(tmp_path / "again.yaml") == config


def test_there_are_the_five_examples():
    assert [path.stem for path in EXAMPLES] == [
        "breast-cancer",
        "diabetes",
        "digits",
        "seven-three-two-one",
        "smoke",
    ]


def test_the_room_exports_its_interface_and_nothing_else():
    assert dlrecipe.config.Config is Config
    assert all(getattr(dlrecipe.config, name) for name in dlrecipe.config.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        dlrecipe.config.nothing  # noqa: B018 - the access is the test
