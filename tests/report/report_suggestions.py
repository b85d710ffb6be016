"""Suggestions to show."""

from dlrecipe.results import Suggestion

L2 = Suggestion(
    "l2",
    "variance",
    "Regularise with L2",
    "The dev error of 11 % is 10 points above the train error of 1 %, at a lambda of 0.",
    {"training.lambda": 0.3},
    "dlrecipe train digits.yaml -S training.lambda=0.3",
)
MORE_DATA = Suggestion("more_data", "variance", "Get more training data", "1,000 examples are few.")
