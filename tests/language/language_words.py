"""What a Korean screen may hold besides Korean."""

import re

NAMES = {
    *("adam", "gd", "rmsprop", "momentum", "lbfgs", "Adam", "AdamW", "relu", "tanh", "sigmoid", "identity"),
    *(
        "he",
        "xavier",
        "lecun",
        "Xavier",
        "lambda",
        "patience",
        "dlrecipe",
        "null",
        "true",
        "MLflow",
        "ROC",
        "dW",
        "theta",
        "approx",
        "grad",
    ),
}
"""Names that are the same in every language: of functions, rules, keys and options."""

KEPT = re.compile(
    r"""
    `[^`]*` | ^\s*dlrecipe\ .* | :\ dlrecipe\ .*  # code and commands
    | rate·lambda/m | Var\(w\)            # formulas
    | \S*[_./=\[\]]\S* | --[\w-]+         # keys, files, settings, options
    | \b\w*\d\w*\b | \b[A-Za-z]\b              # L2, W1, 1e-7, x
    """,
    re.VERBOSE | re.MULTILINE,
)


def english_in(text):
    """Return the words of a Korean text that are neither Korean nor names."""
    return sorted(set(re.findall(r"[A-Za-z]{2,}", KEPT.sub(" ", text))) - NAMES)
