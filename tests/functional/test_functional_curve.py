"""`dlrecipe curve` from the command line."""


def test_the_json_has_what_the_contract_names(cli):
    found = cli("curve small.yaml --seeds 1 --json").json
    assert found["schema"] == 1
    assert found["points"][0].keys() >= {"examples", "train_error", "dev_error"}
    assert found["forecast"][0].keys() == {"examples", "dev_error", "interval", "reliable"}
    assert cli(f"resume {found['study']} --json").json == found


def test_the_screen_shows_the_points_and_how_sure_they_are(cli):
    ending = cli("curve small.yaml --seeds 1")
    assert ending.status == 0
    for words in ("examples  train error  dev error", "67", "1,079"):
        assert words in ending.out
    assert "one dev set of 359 examples" in " ".join(ending.err.split())


def test_too_few_examples_are_refused(cli):
    ending = cli("curve small.yaml -S data.train_examples=30")
    assert ending.status == 2
    assert "needs at least 40 training examples" in ending.err
