"""A config that `init` wrote is loaded and trains well as it is."""

import pytest


@pytest.mark.parametrize(
    ("options", "task"),
    [
        ("", "classification"),
        ("--data breast-cancer", "classification"),
        ("--data diabetes", "regression"),
        ("--data house.csv --target price", "regression"),
        ("--data holes.csv --target price", "regression"),
    ],
)
def test_what_init_writes_trains_to_a_useful_error(cli, options, task):
    assert cli(f"init mine.yaml {options}").status == 0
    found = cli("train mine.yaml --json").json
    assert found["task"] == task
    assert found["dev"]["error"] < (0.1 if task == "classification" else 0.7)
    assert found["run"] == "runs/mine-0002"


def test_a_dash_prints_the_config(cli, here):
    ending = cli("init -")
    assert ending.out.startswith("# yaml-language-server: $schema=")
    (here / "printed.yaml").write_text(ending.out)
    cli("init written.yaml")
    assert (here / "written.yaml").read_text() == ending.out


def test_force_overwrites(cli, here):
    assert cli("init small.yaml --force").status == 0
    assert "# " in (here / "small.yaml").read_text()


def test_data_are_named_as_seen_from_the_config(cli, here):
    (here / "configs").mkdir()
    assert cli("init configs/house.yaml --data house.csv --target price").status == 0
    assert "source: ../house.csv" in (here / "configs" / "house.yaml").read_text()
    assert cli("train configs/house.yaml").status == 0
