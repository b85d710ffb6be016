"""Mutants of the gradient code: every term dropped, every sign flipped, every transpose taken away.

`python tests/faults/gradient_mutants.py` lists them; the test beside this file has the suite catch them.
"""

import ast
import copy
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
CODE = {
    "dlrecipe/nn/network.py": ("objective",),
    "dlrecipe/nn/losses.py": ("softmax",),
    "dlrecipe/nn/activations.py": (
        "relu_slope",
        "leaky_relu_slope",
        "tanh_slope",
        "sigmoid",
        "sigmoid_slope",
    ),
    "dlrecipe/nn/penalty.py": ("l1", "l2", "gradient"),
    "dlrecipe/training/batch.py": ("_forward", "_backward"),
    "dlrecipe/training/plain.py": (
        *("relu_slope", "leaky_relu_slope", "tanh_slope", "sigmoid_slope", "softmax", "sigmoid"),
        *("hidden", "drop", "delta", "slope"),
    ),
}
"""The functions that a gradient comes from, by file."""

SWAPS = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}
CALLS = {
    "add": "subtract",
    "subtract": "add",
    "multiply": "divide",
    "divide": "multiply",
    "maximum": "minimum",
}


class Mutant(NamedTuple):
    """A change of one expression."""

    file: str
    line: int
    before: str
    after: str
    source: str

    def __str__(self):
        return f"{self.file}:{self.line}: {self.before}  ->  {self.after}"


def mutants() -> Iterator[Mutant]:
    """Yield every mutant of the gradient code, each once."""
    seen = set()
    for mutant in _all():
        if mutant.source not in seen:
            seen.add(mutant.source)
            yield mutant


def _all() -> Iterator[Mutant]:
    for file, names in CODE.items():
        tree = ast.parse((ROOT / file).read_text())
        functions = [
            node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name in names
        ]
        for function in functions:
            for node in ast.walk(function):
                for changed in _changes(node):
                    yield Mutant(
                        file, node.lineno, ast.unparse(node), ast.unparse(changed), _with(tree, node, changed)
                    )


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.BinOp) and type(node.op) is not ast.BitOr and not _is_index(node):
        yield node.left
        yield node.right
        if type(node.op) in SWAPS:
            yield ast.BinOp(node.left, SWAPS[type(node.op)](), node.right)
    elif isinstance(node, ast.Attribute) and node.attr == "T":
        yield node.value
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and not _is_index(node):
        yield node.operand
    elif isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add) and _is_formula(node.target):
        yield ast.AugAssign(node.target, ast.Sub(), node.value)
        yield ast.Pass()
    elif isinstance(node, ast.List):  # of the calls that a step makes, each dropped in its turn
        for at in range(len(node.elts)):
            if "partial" in ast.unparse(node.elts[at]) or isinstance(node.elts[at], ast.Starred):
                yield ast.List(node.elts[:at] + node.elts[at + 1 :], node.ctx)
    elif isinstance(node, ast.Attribute) and node.attr in CALLS and ast.unparse(node.value) == "np":
        yield ast.Attribute(node.value, CALLS[node.attr], node.ctx)


def _is_formula(target: ast.AST) -> bool:
    return "_calls" not in ast.unparse(target)


def _is_index(node: ast.AST) -> bool:
    text = ast.unparse(node)
    return text.startswith(("l - ", "l + ", "len(self._layers)", "-1")) or text == "m or len(X)"


def _with(tree: ast.Module, node: ast.AST, changed: ast.AST) -> str:
    class Exchange(ast.NodeTransformer):
        def visit(self, found):
            return self.generic_visit(found) if found is not node else changed

    memo = {id(node): node}  # the copy keeps this very node, to be found again
    exchanged = Exchange().visit(copy.deepcopy(tree, memo))
    return ast.unparse(ast.fix_missing_locations(exchanged))


if __name__ == "__main__":
    sys.stdout.write("".join(f"{mutant}\n" for mutant in mutants()))
