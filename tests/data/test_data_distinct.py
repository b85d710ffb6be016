"""Different values, as NumPy finds them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dlrecipe.data.distinct import distinct, numbered


@given(st.lists(st.integers(-5, 5)) | st.lists(st.text(max_size=2), min_size=1) | st.lists(st.booleans()))
def test_the_same_as_numpys(values):
    array = np.array(values)
    expected, places = np.unique(array, return_inverse=True)
    np.testing.assert_array_equal(distinct(array), expected)
    found, codes = numbered(array)
    np.testing.assert_array_equal(found, expected)
    np.testing.assert_array_equal(codes, places.reshape(-1))
