"""`recipe`: what counts as a high bias, variance or mismatch."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from dlrecipe.config.numeric import Fraction
from dlrecipe.config.section import Section


class Recipe(Section):
    """The yardsticks of the diagnosis; each a fraction or a percentage."""

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
