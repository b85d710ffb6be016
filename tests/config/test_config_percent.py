import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlrecipe.config import parse_fraction
from dlrecipe.config.percent import format_fraction


@pytest.mark.parametrize(
    ("value", "fraction"),
    [
        ("1%", 0.01),
        ("0.01", 0.01),
        (0.01, 0.01),
        ("120%", 1.2),
        ("5.1%", 0.051),  # 5.1 / 100 is another float
        (" 5 % ", 0.05),
        (".5", 0.5),
        ("5.%", 0.05),
        ("1e-3", 0.001),
        ("0", 0.0),
        (0, 0.0),
        ("0%", 0.0),
        (Fraction(1, 4), 0.25),
        (np.float32(0.5), 0.5),
    ],
)
def test_a_fraction_or_a_percentage_is_read(value, fraction):
    assert parse_fraction(value) == fraction


def test_a_negative_zero_is_zero():
    assert math.copysign(1, parse_fraction("-0.0")) == 1


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("1", 'is ambiguous: write 1% or 100%. Got "1".'),
        (1, "is ambiguous: write 1% or 100%. Got 1."),
        ("5", 'is ambiguous: write 5% or 500%. Got "5".'),
        (1.5, "is ambiguous: write 1.5% or 150%. Got 1.5."),
        ("-0.1", 'must be at least 0. Got "-0.1".'),
        ("-5%", 'must be at least 0. Got "-5%".'),
        ("nan", 'must be a fraction such as 0.05 or 5%. Got "nan".'),
        (math.nan, "must be a fraction such as 0.05 or 5%. Got NaN."),
        ("inf%", 'must be a fraction such as 0.05 or 5%. Got "inf%".'),
        (math.inf, "must be a fraction such as 0.05 or 5%. Got Infinity."),
        ("1e999%", 'must be a fraction such as 0.05 or 5%. Got "1e999%".'),
        (10**400, f"must be a fraction such as 0.05 or 5%. Got 1{'0' * 56}...."),
        ("", 'must be a fraction such as 0.05 or 5%. Got "".'),
        ("%", 'must be a fraction such as 0.05 or 5%. Got "%".'),
        ("5%%", 'must be a fraction such as 0.05 or 5%. Got "5%%".'),
        ("0,05", 'must be a fraction such as 0.05 or 5%. Got "0,05".'),
        ("1_0%", 'must be a fraction such as 0.05 or 5%. Got "1_0%".'),
        ("٥%", 'must be a fraction such as 0.05 or 5%. Got "٥%".'),
        (True, "must be a fraction such as 0.05 or 5%. Got true."),
        (None, "must be a fraction such as 0.05 or 5%. Got null."),
    ],
)
def test_what_is_no_fraction_is_refused_by_a_sentence_without_subject(value, message):
    with pytest.raises(ValueError) as raised:  # noqa: PT011 - the whole message follows
        parse_fraction(value)
    assert str(raised.value) == message


@given(st.floats(0, allow_nan=False, allow_infinity=False))
@settings(deadline=None)
def test_a_written_fraction_reads_back_to_the_same_bits(fraction):
    assert parse_fraction(format_fraction(fraction)) == fraction


@given(st.text(max_size=20) | st.floats() | st.integers() | st.from_regex(r"-?[0-9.]{0,9}(e[0-9]{1,3})?%?"))
@settings(deadline=None)
def test_anything_is_either_a_finite_fraction_or_a_value_error(value):
    try:
        fraction = parse_fraction(value)
    except ValueError as error:
        assert str(error).startswith(("must be ", "is ambiguous: "))  # noqa: PT017 - either way is right
    else:
        assert 0 <= fraction < math.inf
