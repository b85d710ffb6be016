"""YAML 1.2's meaning, lines, and text that was made to do harm."""

import datetime as dt
import math
from copy import deepcopy

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from dlrecipe.config.yaml_reader import DEEPEST, MOST_VALUES, NotYamlError, read_yaml


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *((word, word) for word in ("no", "No", "yes", "on", "off", "y", "n", "NULLL", "tRue")),
        ("010", 10),
        ("-07", -7),
        ("0o10", 8),
        ("0x1F", 31),
        ("0b1", "0b1"),
        ("1_000", "1_000"),
        ("12:30:45", "12:30:45"),
        ("1e-3", 0.001),
        ("5e-05", 5e-05),
        ("1E3", 1000.0),
        ("1.", 1.0),
        (".5", 0.5),
        ("+1", 1),
        ("-.5e+1", -5.0),
        (".inf", math.inf),
        ("-.INF", -math.inf),
        ("inf", "inf"),
        ("2024-01-31", "2024-01-31"),
        ("true", True),
        ("FALSE", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("'1'", "1"),
        ('"null"', "null"),
        ("!!str 1", "1"),
        ("!!int '1'", 1),
        ("=", "="),
        ("9" * 401, math.inf),
        ("-" + "9" * 401, -math.inf),
    ],
)
def test_a_plain_word_means_what_yaml_1_2_says(text, value):
    found = read_yaml(f"key: {text}\n").value
    assert found == {"key": value}
    assert type(found["key"]) is type(value)


def test_nan_is_a_number():
    assert math.isnan(read_yaml(".nan").value)


def test_keys_are_text_even_where_their_words_mean_something_else():
    assert read_yaml("{on: 1, 2: 2, null: 3, 2024-01-01: 4}").value == {
        "on": 1,
        "2": 2,
        "null": 3,
        "2024-01-01": 4,
    }


def test_every_key_and_item_knows_its_line():
    document = read_yaml("a: 1\n\n# comment\nb:\n  c: [1,\n      2]\n  d:\n  - x\n  -\n    y\n")
    assert document.value == {"a": 1, "b": {"c": [1, 2], "d": ["x", "y"]}}
    assert document.lines == {
        ("a",): 1,
        ("b",): 4,
        ("b", "c"): 5,
        ("b", "c", 0): 5,
        ("b", "c", 1): 6,
        ("b", "d"): 7,
        ("b", "d", 0): 8,
        ("b", "d", 1): 10,
    }


def test_anchors_and_aliases_in_moderation_are_copies():
    value = read_yaml("a: &sizes [1, 2]\nb: *sizes\n").value
    assert value == {"a": [1, 2], "b": [1, 2]}
    assert value["a"] is not value["b"]


@pytest.mark.parametrize(
    ("text", "line", "flaw"),
    [
        ("a: 1\nb: 2\na: 3", 3, "a is repeated: it was given on line 1 already. Keep one of them."),
        ("a:\n  b: 1\n  b: 1", 3, "a.b is repeated: it was given on line 2 already. Keep one of them."),
        (
            "a: !!python/object/apply:os.system [ls]",
            1,
            "a has the tag !!python/object/apply:os.system, which is not supported: write plain values.",
        ),
        ("a: !mine x", 1, "a has the tag !mine, which is not supported: write plain values."),
        ("a: !!set {b}", 1, "a has the tag !!set, which is not supported: write plain values."),
        ("a: !!binary eA==", 1, "a has the tag !!binary, which is not supported: write plain values."),
        ("a: !!int x", 1, 'a cannot be read as !!int. Got "x".'),
        ("a: &b {c: 1}\nd:\n  <<: *b", 3, "Merge keys (<<) of d are not supported. Write the keys out."),
        ("a:\n  ? [1, 2]\n  : 3", 2, "A key of a must be plain text."),
        (r'"\ud800": 1', 1, "A key must be plain text."),
        (r'a: "\ud800"', 1, r'a must be text of whole characters. Got "\ud800".'),
    ],
)
def test_what_is_not_allowed_is_named_and_the_reading_goes_on(text, line, flaw):
    document = read_yaml(f"{text}\nlast: 1")
    assert [(found.line, found.text) for found in document.flaws] == [(line, flaw)]
    assert document.value["last"] == 1


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + step)}: &{chr(98 + step)} [{', '.join(['*' + chr(97 + step)] * 9)}]\n" for step in range(20)
)
TOO_MANY = f"There are more than {MOST_VALUES:,} values once all aliases are written out."
TOO_DEEP = f"Values are nested more than {DEEPEST} levels deep, or an alias contains itself."
HARMFUL = [
    ("a: [1, 2\nb: 3\n", 2, "while parsing a flow sequence, expected ',' or ']', but got ':'."),
    ("a: b: c", 1, "This is not valid YAML: mapping values are not allowed here."),
    ("a: 1\n\tb: 2", 2, "Indent with spaces, not tabs."),
    ("a: 'x", 1, "found unexpected end of stream"),
    ("a: *nowhere", 1, "found undefined alias 'nowhere'"),
    ("a: 1\n---\nb: 2", 2, "A second document begins here (---). Write one configuration per file."),
    ("a: 1\nb: \x07", 2, "A character is not allowed in YAML: U+0007."),
    ('a: "\\UFFFFFFFF"', 1, "a number in an escape or directive is too large."),
    (f"%YAML {'9' * 5000}.1\n---\na: 1", 1, "a number in an escape or directive is too large."),
    (BOMB, None, TOO_MANY),
    ("a: &a [*a]", 1, TOO_DEEP),
    ("a: &a {b: *a}", 1, TOO_DEEP),
    ("a: &a [*a, *a, *a, *a]", 1, TOO_DEEP),
    ("[" * 100_000, 1, TOO_DEEP),
    ("{a: " * 50_000, 1, TOO_DEEP),
    ("- " * 100_000, 1, TOO_DEEP),
    ("? " * 100_000, 1, TOO_DEEP),
    ("\n".join(" " * depth + "a:" for depth in range(300)), None, TOO_DEEP),
    (f"a: [{'1,' * MOST_VALUES}]", 1, TOO_MANY),
]


@pytest.mark.parametrize(("text", "line", "message"), HARMFUL, ids=range(len(HARMFUL)))
def test_what_cannot_be_read_is_refused_with_its_line(text, line, message):
    with pytest.raises(NotYamlError) as raised:
        read_yaml(text)
    assert message in raised.value.text
    assert line in (raised.value.line, None)


@pytest.mark.parametrize(
    "unit", [*"!&*%:\"'|>?-#a[{,\n \\", ": ", "- ", "? ", "a ", "#\n", "|\n", "<<: ", "---\n", "[? "]
)
def test_repetition_of_anything_comes_to_an_end(unit):
    try:
        read_yaml(unit * (50_000 // len(unit)))
    except NotYamlError as error:
        assert error.line >= 1  # noqa: PT017 - either way is right


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.text("abc no10e-.:'\"#{[é\n", max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abyn", min_size=1), inner, max_size=3)
    ),
    max_leaves=10,
)


@given(PLAIN)
@settings(deadline=None)
def test_quoted_yaml_reads_as_it_was_written(value):
    text = yaml.safe_dump(value, default_style='"', default_flow_style=True)
    assert read_yaml(text).value == value


@given(st.text(max_size=60) | st.text("[]{}:,-?&*!|>'\"%@`#\n a1<~", max_size=60))
@settings(deadline=None)
def test_any_text_is_read_or_refused(text):
    try:
        document = read_yaml(text)
    except NotYamlError as error:
        assert error.line >= 1  # noqa: PT017 - either way is right
    else:
        assert not isinstance(document.value, dt.date)


def test_what_is_done_with_a_text_leaves_its_next_reading_as_it_was():
    text = "a: {b: [1, 2], c: &x {d: e}, f: *x}\ng: !!set {h}\n"
    first = read_yaml(text)
    expected = deepcopy((first.value, first.lines, first.flaws))
    first.value["a"]["b"].clear()
    first.lines.clear()
    first.flaws.clear()
    second = read_yaml(text)
    assert (second.value, second.lines, second.flaws) == expected
