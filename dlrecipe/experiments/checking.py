"""Everything that can be known before training: is it the data, the config or the network?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.experiments.checks.attainment import attainment
from dlrecipe.experiments.checks.classes import look_at_classes
from dlrecipe.experiments.checks.columns import look_at_columns
from dlrecipe.experiments.checks.dev_set import look_at_dev_size
from dlrecipe.experiments.checks.gradient import look_at_gradient
from dlrecipe.experiments.checks.group_overlap import look_for_groups
from dlrecipe.experiments.checks.identity import look_for_names
from dlrecipe.experiments.checks.initial_loss import look_at_start
from dlrecipe.experiments.checks.leakage import look_for_leaks
from dlrecipe.experiments.checks.reading_notes import look_at_notes
from dlrecipe.experiments.checks.repeats import look_at_repeats
from dlrecipe.experiments.checks.scale import look_at_scale
from dlrecipe.experiments.checks.shape import look_at_shape
from dlrecipe.experiments.checks.shift import look_at_shift
from dlrecipe.experiments.checks.small_batch import look_at_small_batch
from dlrecipe.experiments.checks.survey import survey
from dlrecipe.experiments.engine import limited
from dlrecipe.results import CheckReport

if TYPE_CHECKING:
    from dlrecipe.config import Config

LOOKS = (
    look_at_shape,
    look_for_leaks,
    look_for_names,
    look_for_groups,
    look_at_repeats,
    look_at_shift,
    look_at_columns,
    look_at_scale,
    look_at_classes,
    look_at_start,
    look_at_small_batch,
    look_at_gradient,
    look_at_dev_size,
    look_at_notes,
)
"""In the order in which findings of one level are told."""

LEVELS = ("problem", "warning", "info")


def check(config: Config, *, references: bool = False) -> CheckReport:
    """Look at data, config and network before training.

    The targets of the test part are not looked at.

    Args:
        config: From `load_config`.
        references: Also fit other kinds of models to the same split, which needs scikit-learn.

    Raises:
        DataError: The data cannot be read, or have nothing that could be learned.
        ConfigError: A setting does not fit the data.
        UsageError: References are asked for without scikit-learn.
    """
    surveyed, reached = survey(config), None
    with limited(1):
        findings = [finding for look in LOOKS for finding in look(surveyed)]
    if references and surveyed.prepared is not None:
        from dlrecipe.experiments.references import attainable  # noqa: PLC0415  # the extra's only user

        reached = attainable(surveyed.prepared)
        findings += attainment(reached, config)
    findings.sort(key=lambda finding: LEVELS.index(finding.level))
    passed = all(finding.level != "problem" for finding in findings)
    return CheckReport(passed, tuple(findings), config.data.source, reached)
