"""Which language a command speaks: the one asked for, else the locale's; and what English costs."""

import json
import subprocess
import sys

import pytest

from dlrecipe.cli.app import run
from dlrecipe.language import ENGLISH, language, language_of, noted, speak, told

FIGURES = ["diagnose", "--train-error", "1%", "--dev-error", "11%"]


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "kok_IN"}, "en"),  # Konkani
        ({"LANG": "ko_KR.UTF-8"}, "ko"),
        ({"LANG": "ko_KR.eucKR"}, "ko"),
        ({"LANG": "ko_KP@hangul"}, "ko"),
        ({"LANG": "ko"}, "ko"),
        ({"LANG": "ko-KR"}, "ko"),
        ({"LANG": "ko_KR.UTF-8", "LC_MESSAGES": "C"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "ko_KR.UTF-8"}, "ko"),
        ({"LANG": "ko_KR.UTF-8", "LC_MESSAGES": "ko_KR.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "C", "LC_ALL": "ko_KR.UTF-8"}, "ko"),
        ({"LANG": "ko_KR.UTF-8", "LC_ALL": ""}, "ko"),  # empty is absent
        ({"LANGUAGE": "ko", "LC_CTYPE": "ko_KR.UTF-8"}, "en"),
    ],
)
def test_the_locale_is_read_as_posix_has_it(environment, wanted):
    assert language_of(environment) == wanted


@pytest.fixture
def _no_locale(monkeypatch):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("_no_locale")
@pytest.mark.parametrize(
    ("variables", "options", "begin"),
    [
        ({}, [], "Verdict: high variance"),
        ({}, ["--lang", "ko"], "판정: 높은 분산"),
        ({"LANG": "ko_KR.UTF-8"}, [], "판정: 높은 분산"),
        ({"LANG": "ko_KR.UTF-8"}, ["--lang", "en"], "Verdict: high variance"),
        ({"LC_ALL": "C"}, ["--lang", "ko"], "판정: 높은 분산"),
    ],
)
def test_the_option_comes_before_the_locale(variables, options, begin, monkeypatch, capsys):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert run([*FIGURES, *options]) == 0
    assert capsys.readouterr().out.startswith(begin)


@pytest.mark.usefixtures("_no_locale")
def test_a_command_without_the_option_does_not_go_on_in_the_language_of_the_last(capsys):
    assert run([*FIGURES, "--lang", "ko"]) == 0
    assert run(["schema"]) == 0
    assert language() == ENGLISH
    capsys.readouterr()


def test_another_language_is_a_mistake_that_names_the_known_ones(capsys):
    assert run([*FIGURES, "--lang", "xx"]) == 2
    said = capsys.readouterr().err
    assert "--lang" in said
    assert "'en'" in said
    assert "'ko'" in said


@pytest.mark.usefixtures("_no_locale")
def test_json_is_english(capsys, monkeypatch):
    assert run([*FIGURES, "--json"]) == 0
    english = capsys.readouterr()
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    assert run([*FIGURES, "--json"]) == 0
    by_locale = capsys.readouterr()
    assert run([*FIGURES, "--json", "--lang", "ko"]) == 0
    assert capsys.readouterr() == by_locale == english


def test_a_refusal_is_english_json_too(capsys):
    assert run(["diagnose", "--train-error", "1%", "--json", "--lang", "ko"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["messages"][0].startswith("Figures need --dev-error")


def program(*arguments, **environment):
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, env={"PATH": "", **environment}, check=True
    ).stdout


def test_what_cannot_be_written_is_told_in_english():
    """Rather than as question marks."""
    line = ["-m", "dlrecipe", *FIGURES, "--lang", "ko"]
    path = {"PYTHONPATH": ":".join(sys.path)}
    assert program(*line, PYTHONIOENCODING="ascii", **path).startswith(b"Verdict: high variance")
    euc = program(*line, PYTHONIOENCODING="euc_kr", **path)
    assert euc.decode("euc_kr").startswith("판정: 높은 분산")


def test_english_reads_no_catalogue():
    code = (
        "import sys; from dlrecipe.cli.app import run\n"
        f"run({FIGURES!r})\n"
        "assert not {'dlrecipe.language.translator', 'dlrecipe.language.catalogue'} & set(sys.modules)\n"
    )
    program("-c", code, PYTHONPATH=":".join(sys.path), LC_ALL="C")


def test_english_is_told_as_it_is():
    speak(ENGLISH)
    text = "The dev error of 9 % is 3 points above the train error of 6 %"
    assert told(text) is text


@pytest.mark.parametrize("kept", ["runs/a-0002", "experiments of May/a-0002"])
def test_a_note_that_begins_with_a_name_begins_with_the_word_note(kept):
    why = f"runs/a-sweep-0001 was finished last: the run that it kept, {kept}, is taken."
    assert noted(why) == f"Note: {why}"
    speak("ko")
    assert noted(why) == f"참고: 마지막으로 끝난 것은 runs/a-sweep-0001: 남긴 실행 {kept} 사용."


@pytest.mark.parametrize(
    "unknown", ["Errors are those of the pictures.", "Xylophones to rent, drums of wood"]
)
def test_what_no_message_says_stays_english_throughout(unknown):
    speak("ko")
    assert told(unknown) == unknown


def test_fail_on_names_its_level_as_it_is_typed(capsys):
    assert run([*FIGURES, "--fail-on", "variance", "--lang", "ko"]) == 1
    assert "--fail-on variance: 분산 높음." in capsys.readouterr().err
