"""scikit-learn estimators that train as the commands do, in memory and without a run folder."""

from dlrecipe.errors import UsageError

try:
    from dlrecipe.estimators.classifier import DenseClassifier
    from dlrecipe.estimators.regressor import DenseRegressor
except ModuleNotFoundError as error:
    if (error.name or "").partition(".")[0] != "sklearn":
        raise
    raise UsageError(
        'The estimators need scikit-learn, which is not installed: python -m pip install "dlrecipe[sklearn]"'
    ) from error

__all__ = ["DenseClassifier", "DenseRegressor"]
