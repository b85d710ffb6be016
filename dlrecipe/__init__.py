"""Train, diagnose and gradient-check dense networks: everything the commands do, one import away.

The names below are imported when they are first used, so that `import dlrecipe` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dlrecipe.config import load_config
    from dlrecipe.errors import ConfigError, DataError, DlrecipeError, RunError, UsageError
    from dlrecipe.estimators import DenseClassifier, DenseRegressor
    from dlrecipe.experiments import (
        check,
        compare,
        curve,
        diagnose,
        evaluate,
        export,
        improve,
        predict,
        resume,
        sweep,
    )
    from dlrecipe.experiments.training import train as train
    from dlrecipe.gradcheck import check_gradient
    from dlrecipe.recipe.forecasting import forecast
    from dlrecipe.report.html import write_report

    __version__: str

__all__ = [
    "ConfigError",
    "DataError",
    "DenseClassifier",
    "DenseRegressor",
    "DlrecipeError",
    "RunError",
    "UsageError",
    "__version__",
    "check",
    "check_gradient",
    "compare",
    "curve",
    "diagnose",
    "evaluate",
    "export",
    "forecast",
    "improve",
    "load_config",
    "predict",
    "resume",
    "sweep",
    "train",
    "write_report",
]

_HOMES = {
    "ConfigError": "errors",
    "DataError": "errors",
    "DenseClassifier": "estimators",
    "DenseRegressor": "estimators",
    "DlrecipeError": "errors",
    "RunError": "errors",
    "UsageError": "errors",
    "check": "experiments",
    "check_gradient": "gradcheck",
    "compare": "experiments",
    "curve": "experiments",
    "diagnose": "experiments",
    "evaluate": "experiments",
    "export": "experiments",
    "forecast": "recipe.forecasting",
    "improve": "experiments",
    "load_config": "config",
    "predict": "experiments",
    "resume": "experiments",
    "sweep": "experiments",
    "train": "experiments",
    "write_report": "report.html",
}


def __getattr__(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import version

        return version("dlrecipe")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
