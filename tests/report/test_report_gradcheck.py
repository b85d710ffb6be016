from dlrecipe.report import show_gradcheck
from dlrecipe.results import Block, Entry, GradientCheck, GradientReport

NAMES = ("dW1", "dW2", "db1")


def check(differences, verdict="great", *, at="initialization", passed=True, notes=(), worst=()):
    blocks = tuple(Block(name, value) for name, value in zip(NAMES, differences, strict=True))
    epoch = 0 if at == "initialization" else 5
    return GradientCheck(at, epoch, max(differences), verdict, blocks, notes, passed, worst)


def report(*checks):
    return GradientReport(all(one.passed for one in checks), 1e-7, 5130, "fast", 100, checks)


def shown(found, capsys):
    show_gradcheck(found)
    return capsys.readouterr()


def test_a_passed_check(capsys):
    after = check((2e-9, 4.04e-9, 1e-9), at="after training")
    assert shown(report(check((1e-9, 2e-9, 3e-10)), after), capsys).out == (
        """\
Gradient check: 5,130 parameters, 100 examples, epsilon 1e-07, method fast

  relative difference  at initialization  after 5 epochs
  dW1                            1.0e-09         2.0e-09
  dW2                            2.0e-09         4.0e-09
  db1                            3.0e-10         1.0e-09
  all                            2.0e-09         4.0e-09
                                   great           great

Passed: backprop and the two-sided differences agree.
"""
    )


def test_a_failed_check_names_the_blocks_to_look_at_the_worst_first(capsys):
    worst = (Entry("dW2", (0, 3), 0.0123, 0.0246), Entry("db1", (1,), -1.5e-7, 2.0))
    wrong = check((1e-9, 0.3, 0.01), "worry", passed=False, worst=worst)
    assert shown(report(wrong), capsys).out == (
        """\
Gradient check: 5,130 parameters, 100 examples, epsilon 1e-07, method fast

  relative difference  at initialization
  dW1                            1.0e-09
  dW2                            3.0e-01
  db1                            1.0e-02
  all                            3.0e-01
                                   worry

Largest disagreements at initialization
  entry      two-sided  backprop
  dW2[0, 3]     0.0123    0.0246
  db1[1]      -1.5e-07         2

Failed: backprop and the two-sided differences disagree: look at dW2, db1.
"""
    )


def test_a_difference_that_is_not_a_number_is_suspect(capsys):
    wrong = check((1e-9, float("nan"), 1e-9), "worry", passed=False)
    assert shown(report(wrong), capsys).out.endswith("disagree: look at dW2.\n")


def test_worst_entries_are_listed_only_where_something_is_off(capsys):
    fine = check((1e-9, 1e-9, 1e-9), worst=(Entry("dW1", (0, 0), 1.0, 1.0),))
    assert "disagreements" not in shown(report(fine), capsys).out


def test_what_passes_with_a_doubt_says_so(capsys):
    out = shown(report(check((1e-9, 3e-6, 1e-9), "look closer")), capsys).out
    assert out.endswith("agree, though not to the last digit: look closer at the largest differences.\n")


def test_rounding_near_an_optimum_is_no_worry(capsys):
    out, err = shown(report(check((1e-9, 3e-4, 1e-9), "worry", notes=("Rounding floor.",))), capsys)
    assert "rounding only" in out
    assert out.endswith("Passed: backprop and the two-sided differences agree.\n")
    assert err == "Note: Rounding floor.\n"


def test_a_note_of_both_points_is_told_once(capsys):
    one, other = (check((1e-9,) * 3, at=at, notes=("Same.",)) for at in ("initialization", "after training"))
    assert shown(report(one, other), capsys).err == "Note: Same.\n"
