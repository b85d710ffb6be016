"""What other models reach on the same split, beside the human error that the config declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.recipe.texts import percent
from dlrecipe.results import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlrecipe.config import Config
    from dlrecipe.results import Attainable


def attainment(found: Attainable, config: Config) -> Iterator[Finding]:
    """Yield what each reference reaches, and what that says of the declared human error."""
    for reference in found.references:
        low, high = reference.interval
        name = reference.name.replace(" ", "_")
        yield Finding(
            f"reference_{name}",
            "info",
            f"{reference.name[0].upper()}{reference.name[1:]}: dev error {percent(reference.error)}",
            f"95 % interval {percent(low)} to {percent(high)}; "
            f"{percent(reference.train_error)} on its training rows.",
        )
    yield _against_human_error(found, config)


def _against_human_error(found: Attainable, config: Config) -> Finding:
    low, high = found.interval
    human, tolerance = config.recipe.human_error, config.recipe.tolerance
    title = f"About {percent(found.error)} is attainable"
    figures = f"{found.because} 95 % interval {percent(low)} to {percent(high)}."
    fix = f"recipe.human_error: {float(f'{found.error:.2g}'):g}"
    if human is None and low > tolerance:
        return Finding(
            "attainable",
            "warning",
            f"{title}, but no human error is given",
            f"{figures} With 0 in its place the distance to it counts as avoidable bias.",
            fix,
        )
    if human is not None and human > high:
        return Finding(
            "attainable",
            "warning",
            f"{title}, less than the human error given",
            f"{figures} recipe.human_error is {percent(human)}: real bias would be overlooked.",
            fix,
        )
    declared = "none is given" if human is None else f"{percent(human)} is given"
    return Finding("attainable", "info", title, f"{figures} As human error {declared}.")
