"""`dlrecipe train --seeds` from the command line."""


def test_several_seeds_are_one_result_with_wider_intervals(cli):
    alone = cli("train small.yaml --json").json
    found = cli("train small.yaml --seeds 3 --json").json
    assert found["dev"]["error"] == alone["dev"]["error"]
    assert len(found["seeds"]) == 3
    assert found["diagnosis"]["variance"]["interval"][1] >= alone["diagnosis"]["variance"]["interval"][1]
    study = next(name for name in cli("runs list --json").json["runs"] if name["run"] == found["run"])
    assert study["status"] == "finished"


def test_they_are_resumed_to_their_result(cli, here):
    found = cli("train small.yaml --seeds 2 --runs several --json").json
    (study,) = (here / "several").glob("small-seeds-*")
    assert cli(f"resume {study} --runs several --json").json["seeds"] == found["seeds"]


def test_tracking_is_of_one_training(cli):
    ending = cli("train small.yaml --seeds 2 --track mlflow")
    assert ending.status == 2
    assert "--seeds are several" in ending.err
