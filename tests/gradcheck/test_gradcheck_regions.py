"""Blocks of theta: names, places, and all that is refused."""

import numpy as np
import pytest

from dlrecipe.errors import UsageError
from dlrecipe.gradcheck.regions import counts, layout_regions, named_regions, where
from dlrecipe.nn import Layout


def test_a_network_s_blocks_come_in_the_order_of_theta():
    regions = layout_regions(Layout((3, 2, 1)))
    assert [(r.name, r.shape) for r in regions] == [
        ("dW1", (2, 3)),
        ("dW2", (1, 2)),
        ("db1", (2,)),
        ("db2", (1,)),
    ]
    np.testing.assert_array_equal(np.concatenate([r.entries for r in regions]), np.arange(11))
    assert where(regions, 5) == "dW1 (1, 2)"
    assert where(regions, 9) == "db1 (1,)"


def test_slices_may_count_from_the_end_skip_and_leave_out():
    regions = named_regions({"last": slice(-2, None), "even": slice(0, 6, 2)}, 9)
    assert [(r.name, r.entries.tolist()) for r in regions] == [
        ("last", [7, 8]),
        ("even", [0, 2, 4]),
        ("(rest)", [1, 3, 5, 6]),
    ]
    assert where(regions, 4) == "even (2,)"


def test_no_blocks_is_one():
    for blocks in (None, {}):
        (region,) = named_regions(blocks, 4)
        assert (region.name, region.entries.tolist()) == ("dtheta", [0, 1, 2, 3])


def test_all_wrong_blocks_are_refused_together():
    blocks = {"a": slice(0, 3), "b": slice(2, 4), "c": slice(4, 9), "d": slice(3, 3), "e": [1, 2]}
    with pytest.raises(UsageError) as refusal:
        named_regions(blocks, 6)
    assert [message.split(".")[0] for message in refusal.value.messages] == [
        "Blocks 'a' and 'b' overlap",
        "Block 'c' must lie within theta, which has 6 entries",
        "Block 'd' must hold an entry of theta",
        "Block 'e' must be a slice of theta, as slice(0, 12)",
    ]


def test_a_count_reads_as_a_sentence():
    regions = layout_regions(Layout((2, 1, 1)))
    assert counts(regions, np.array([1, 1, 0, 0, 0], bool)) == "2 of dW1"
    assert counts(regions, np.array([1, 1, 1, 0, 1], bool)) == "2 of dW1, 1 of dW2 and 1 of db2"
