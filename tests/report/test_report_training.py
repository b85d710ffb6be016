import pytest

from dlrecipe.report import show_training
from dlrecipe.report.chart import chart
from dlrecipe.results import Gap

LOW = Gap("low", 0.01, 0.01, (0.005, 0.0196), 0.98, certain=True)


@pytest.fixture
def shown(capsys, history):
    def show(result):
        show_training(result, history)
        return capsys.readouterr().out

    return show


def test_the_whole_screen(shown, training, history):
    assert shown(training()).replace(chart(history), "CHART") == (
        """\
runs/digits-0003  5,130 parameters, 4.2 s
  epoch 20 of 30 is kept; stopped early: no better dev error for 10 epochs
  J = 0.0213, of which the penalty is 0.0033

CHART

Verdict: high variance

                     error  examples    95 % interval  level  how sure
  human              0.0 %
    avoidable bias   1.0 %             0.5 % to 2.0 %  low        98 %
  train              1.0 %     1,000
    variance        10.0 %            6.4 % to 15.1 %  high      >99 %
  dev               11.0 %       200

What to do, best first
  1. Get more training data
     1,000 examples are few.
  2. Regularise with L2  training.lambda: 0.3
     The dev error of 11 % is 10 points above the train error of 1 %, at a lambda of 0.
     dlrecipe train digits.yaml -S training.lambda=0.3

Next: dlrecipe train digits.yaml -S training.lambda=0.3
"""
    )


@pytest.mark.parametrize(
    ("stopped", "words"),
    [
        ("epochs", "all epochs are done"),
        ("patience", "stopped early: no better dev error for 10 epochs"),
        ("converged", "converged: J is at its optimum"),
        ("diverged", "diverged: J grew without bound, this is the last good model"),
        ("interrupted", "interrupted with 70 epochs to go"),
    ],
)
def test_why_it_stopped_in_words(shown, training, stopped, words):
    assert f"\n  epoch 20 of 30 is kept; {words}\n" in shown(training(stopped=stopped))


def test_a_penalty_of_nothing_is_not_mentioned(shown, training):
    assert "J = 0.0213\n" in shown(training(penalty=0.0))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.0583, "0.058 s"), (9.96, "10 s"), (59.4, "59 s"), (61.0, "1 min 01 s"), (7260.0, "2 h 01 min")],
)
def test_how_long_it_took(shown, training, seconds, words):
    assert f"5,130 parameters, {words}\n" in shown(training(seconds=seconds))


def test_a_good_model_is_to_be_tested(shown, training, diagnosis):
    good = diagnosis(verdict="low bias and low variance", variance=LOW)
    assert shown(training(run="runs/my run-0001", diagnosis=good)).endswith(
        "\nNext: dlrecipe evaluate 'runs/my run-0001'\n"
    )


def test_without_a_command_that_helps_there_is_no_next(shown, training, diagnosis):
    assert "Next:" not in shown(training(diagnosis=diagnosis()))


def test_an_interrupted_run_is_resumed_rather_than_changed(shown, training):
    assert "Next:" not in shown(training(stopped="interrupted"))


def test_a_diverged_run_is_not_to_be_tested(shown, training, diagnosis):
    low = diagnosis(verdict="low bias and low variance", variance=LOW)
    assert "Next:" not in shown(training(stopped="diverged", diagnosis=low))


def test_notes_of_the_data_and_of_the_verdict_go_to_stderr(training, diagnosis, history, capsys):
    show_training(training(notes=("Of the data.",), diagnosis=diagnosis(notes=("Of the verdict.",))), history)
    assert capsys.readouterr().err == "Note: Of the data.\nNote: Of the verdict.\n"


def test_a_run_without_history_is_shown_without_a_chart(training, capsys):
    show_training(training(), ())
    assert "│" not in capsys.readouterr().out
