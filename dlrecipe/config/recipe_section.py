"""`recipe`: what counts as a high bias, variance or mismatch."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from dlrecipe.config.numeric import Fraction
from dlrecipe.config.section import Section
from dlrecipe.config.words import Choice


class Recipe(Section):
    """The yardsticks of the diagnosis; each a fraction or a percentage."""

    metric: Annotated[Literal["error", "balanced_error", "f1", "auc"], Choice()] = Field(
        default="error",
        description="What every error of the run is, for early stopping, verdict and comparison alike "
        "(classification). error: the fraction misclassified; balanced_error: its mean over the classes; "
        "f1: 1 - F1, of the second of two classes, else the mean over the classes; auc: 1 - the area under "
        "the ROC curve, of more than two classes the mean of one against the rest. The intervals of all but "
        "error are bootstrapped.",
    )
    human_error: Annotated[float, Fraction(ge=0, also=", or null where it is not known")] | None = Field(
        default=None,
        description="Best error thought possible, such as 0.01 or 1%; null takes 0 and says that bias is "
        "then an upper bound.",
    )
    tolerance: Annotated[float, Fraction(ge=0, le=1)] = Field(
        default=0.02, description="A gap above this is high ..."
    )
    share: Annotated[float, Fraction(ge=0, lt=1)] = Field(
        default=0.15,
        description="... if it is also at least this share of the whole excess (dev error - human error).",
    )
