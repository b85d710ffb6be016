"""The verdict in one line, with what is not certain about it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rich.text import Text

from dlrecipe.language import told
from dlrecipe.recipe.settling import threshold
from dlrecipe.report.percent import percents, sureness

if TYPE_CHECKING:
    from dlrecipe.results import Diagnosis, Gap


def verdict_line(diagnosis: Diagnosis) -> Text:
    """Return `Verdict: …`, and after `not certain:` the reason of each doubt."""
    well = all(gap.level == "low" for gap in diagnosis.gaps.values())
    verdict = (told(diagnosis.verdict), "bold green" if well else "bold red")
    line = Text.assemble((f"{told('Verdict')}: ", "bold"), verdict)
    if diagnosis.caveat is not None:
        return line.append(f", {told(f'but {diagnosis.caveat}')}", "yellow")
    doubts = [
        told(_doubt(diagnosis, name, gap)) for name, gap in diagnosis.gaps.items() if gap.certain is False
    ]
    if doubts:
        line.append(f", {told('not certain')}: {'; '.join(doubts)}", "yellow")
    return line


def _doubt(diagnosis: Diagnosis, name: str, gap: Gap) -> str:
    """Say what the level of a gap could be wrong about.

    Both the excess and the judged part of a gap vary with the sample too. Where the interval of the raw gap
    does not show the doubt, the probability does.
    """
    bar = threshold(diagnosis)
    raw_is_judged = math.isclose(gap.gap, gap.judged, abs_tol=1e-12)
    if gap.interval is None or not raw_is_judged or not gap.interval[0] <= bar <= gap.interval[1]:
        return f"the probability of {gap.level} {name} is {sureness(gap.confidence or 0.0)}"
    low, high, across = percents(*gap.interval, bar)
    if bar > diagnosis.tolerance:
        across = f"{across} ({100 * diagnosis.share:.3g} % of dev error − human error)"
    return f"the 95 % interval of the {name}, {low} to {high}, reaches across {across}"
