"""Anybody's objective: right and wrong ones, corners, and all that is refused."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from dlrecipe.errors import UsageError
from dlrecipe.gradcheck import check_gradient

A = np.array([[3.0, 1.0, 0.0], [1.0, 2.0, 0.5], [0.0, 0.5, 1.0]])
THETA = np.array([0.5, -1.0, 2.0])


def bowl(theta):
    return 0.5 * theta @ A @ theta, A @ theta


def wrong_last(theta):
    J, gradient = bowl(theta)
    return J, gradient * [1, 1, 1.01]


def test_a_right_gradient_is_great():
    found = check_gradient(bowl, THETA)
    assert found.passed
    assert found.verdict == "great"
    assert [block.name for block in found.blocks] == ["dtheta"]
    assert (found.at, found.epoch, found.notes) == ("initialization", 0, ())
    assert found.to_dict()["difference"] == found.difference


def test_a_wrong_gradient_is_located():
    found = check_gradient(
        wrong_last, THETA, {"dW": slice(0, 2), "db": slice(2, 3)}, at="after training", epoch=3
    )
    assert not found.passed
    assert found.verdict == "worry"
    assert [(block.name, block.difference > 1e-5) for block in found.blocks] == [("dW", False), ("db", True)]
    worst = found.worst[0]
    assert (worst.block, worst.index) == ("db", (0,))
    assert_allclose([worst.approx, worst.grad], [1.5, 1.515], rtol=1e-6)
    assert (found.at, found.epoch) == ("after training", 3)
    # ‖approx − grad‖ / (‖approx‖ + ‖grad‖) with gradient (0.5, −0.5, 1.5)
    assert found.difference == pytest.approx(0.015 / (np.sqrt(2.75) + np.sqrt(0.5 + 1.515**2)), rel=1e-4)


def test_the_derivative_between_the_lecture_s_bounds_is_looked_at_closer():
    found = check_gradient(lambda theta: (bowl(theta)[0], bowl(theta)[1] * (1 + 4e-6)), THETA)
    assert found.verdict == "look closer"
    assert found.passed
    assert found.difference == pytest.approx(2e-6, rel=0.05)


def test_what_the_blocks_leave_out_is_checked_too():
    found = check_gradient(wrong_last, THETA, {"dW": slice(0, 2)})
    assert [block.name for block in found.blocks] == ["dW", "(rest)"]
    assert not found.passed


def test_zero_everywhere_is_no_difference():
    found = check_gradient(lambda theta: (1.0, 0 * theta), THETA)
    assert (found.difference, found.passed, found.worst) == (0.0, True, ())


def test_an_objective_may_reuse_its_arrays_and_keep_theta():
    kept, buffer = [], np.empty(3)

    def lazy(theta):
        if not (kept and kept[-1] is theta):  # a cache by identity, as many have
            kept.append(theta)
            np.matmul(A, theta, out=buffer)
        return 0.5 * theta @ buffer, buffer

    assert check_gradient(lazy, THETA).passed
    assert check_gradient(lambda theta: (0.5 * theta @ theta, theta), THETA).passed  # hands out theta itself


def test_whole_numbers_lists_and_one_number_arrays_are_taken():
    assert check_gradient(bowl, [1, -1, 2]).passed
    assert check_gradient(lambda theta: (np.array([[bowl(theta)[0]]]), list(bowl(theta)[1])), THETA).passed
    assert check_gradient(lambda _: (7, np.zeros(3, int)), THETA).passed


def test_theta_is_left_alone():
    theta = THETA.copy()
    check_gradient(bowl, theta)
    np.testing.assert_array_equal(theta, THETA)


def test_a_large_theta_is_moved_as_exactly_as_it_can_be():
    # beside 1e7 an ε of 1e-7 is rounded to 1.1e-7 at the best: the distance is measured, not assumed
    assert check_gradient(
        lambda theta: (theta.sum() * 1e-7, 0 * theta + 1e-7), np.full(3, 3e7), epsilon=1e-7
    ).passed


def hinge(at_corner):
    """|x| + relu(y) + z²/2, with some derivative of |x| at hand."""

    def objective(theta):
        x, y, z = theta
        return abs(x) + max(y, 0.0) + z * z / 2, np.array([at_corner(x), float(y > 0), z])

    return objective


def test_corners_are_left_out_where_the_gradient_is_that_of_one_side():
    found = check_gradient(hinge(np.sign), np.array([4e-8, 0.0, 1.0]), {"x": slice(0, 1), "yz": slice(1, 3)})
    assert found.passed
    assert "1 of x and 1 of yz" in found.notes[0]
    assert found.difference < 1e-8


@pytest.mark.parametrize("slope", [0.7, 1.1, -0.99, 0.0])
def test_a_corner_does_not_excuse_any_other_gradient(slope):
    found = check_gradient(hinge(lambda _: slope), np.array([4e-8, 1.0, 1.0]))
    assert not found.passed
    assert found.worst[0].index == (0,)
    assert "the two sides of theta are far apart" in " ".join(found.notes)


def test_no_wrong_gradient_of_a_smooth_function_is_taken_for_a_corner():
    def steep(theta):
        return np.cos(50 * theta).sum(), -40 * np.sin(50 * theta)

    assert not check_gradient(steep, THETA).passed


def test_an_optimum_passes_with_a_note():
    rng = np.random.default_rng(0)
    offset, scale = 3.0, rng.uniform(0.5, 2, 20)

    def objective(theta):
        return offset + 0.5 * scale @ theta**2, scale * theta + 1e-10

    found = check_gradient(objective, 1e-9 * rng.standard_normal(20))
    assert found.difference > 1e-5
    assert found.passed
    assert found.verdict == "look closer"
    assert "rounding" in found.notes[0]


def test_float32_is_named():
    def coarse(theta):
        J, gradient = bowl(theta.astype(np.float32))
        return np.float32(J), gradient.astype(np.float32)

    found = check_gradient(coarse, THETA)
    assert not found.passed
    assert any("float64" in note for note in found.notes)


def in_place(theta):
    answer = bowl(theta.copy())
    theta += 1
    return answer


def chance(theta, rng=np.random.default_rng(0)):  # noqa: B008  # a stream that goes on is the point
    return bowl(theta)[0] * rng.uniform(), bowl(theta)[1]


def pole(theta):
    J = np.inf if theta[1] > -1 else bowl(theta)[0]
    return J, bowl(theta)[1]


def hole(theta):
    return bowl(theta)[0], np.where(np.arange(3) == 2, np.nan, bowl(theta)[1])


@pytest.mark.parametrize(
    ("objective", "message"),
    [
        (in_place, "changes theta in place"),
        (chance, "the same J for the same theta"),
        (pole, r"J is inf where db \(0,\) is moved by \+epsilon"),
        (hole, r"The gradient is nan in db \(1,\)"),
        (lambda _: (np.nan, THETA), "J is nan at theta itself"),
        (lambda theta: bowl(theta)[0], r"must return \(J, dJ/dtheta\). Got float64"),
        (lambda theta: (*bowl(theta), 1), "Got tuple of 3"),
        (lambda theta: (bowl(theta)[1], bowl(theta)[1]), r"J must be one number. Got shape \(3,\)"),
        (lambda theta: (bowl(theta)[0], bowl(theta)[1][:, None]), r"Got shape \(3, 1\)"),
        (lambda theta: (bowl(theta)[0], bowl(theta)[1][:2]), r"Got shape \(2,\)"),
        (lambda theta: (None, bowl(theta)[1]), "J must be real numbers. Got NoneType"),
        (lambda theta: (bowl(theta)[0], [[1, 2], 3]), "The gradient must be real numbers. Got list"),
        (lambda theta: (bowl(theta)[0], 1j * theta), "complex"),
    ],
)
def test_what_an_objective_may_not_do(objective, message):
    with pytest.raises(UsageError, match=message):
        check_gradient(objective, THETA, {"dW": slice(0, 1), "db": slice(1, 3)})


@pytest.mark.parametrize(
    ("theta", "message"),
    [
        (THETA[:, None], r"one flat vector.*Got shape \(3, 1\)"),
        ([], "at least one parameter"),
        (1.0, r"Got shape \(\)"),
        ([1.0, np.inf], r"Got inf in theta\[1\]"),
        (["a"], "theta must be real numbers"),
    ],
)
def test_what_theta_may_not_be(theta, message):
    with pytest.raises(UsageError, match=message):
        check_gradient(bowl, theta)


@pytest.mark.parametrize("epsilon", [0, -1e-7, np.nan, np.inf, "1e-7", None])
def test_what_epsilon_may_not_be(epsilon):
    with pytest.raises(UsageError, match="epsilon must be a number above 0"):
        check_gradient(bowl, THETA, epsilon=epsilon)


def test_an_epsilon_that_vanishes_beside_theta_is_refused():
    with pytest.raises(UsageError, match=r"theta\[1\] = 1e\+20 does not change by 1e-07"):
        check_gradient(bowl, [1.0, 1e20, 1.0])
