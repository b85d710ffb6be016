"""The settings that a result remembers, under the names that a config has for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dlrecipe.results import Settings

_KEYS = {
    "data.normalize": "normalize",
    "network.layers": "layers",
    "network.activation": "activation",
    "network.keep_prob": "keep_prob",
    "network.init": "init",
    "training.optimizer": "optimizer",
    "training.learning_rate": "learning_rate",
    "training.batch_size": "batch_size",
    "training.epochs": "epochs",
    "training.lambda": "lambd",
    "training.l1_ratio": "l1_ratio",
    "training.patience": "patience",
}


def by_key(settings: Settings) -> dict[str, object]:
    """Return the settings by their dotted keys, in a config's order; those of augmentation where it is on."""
    found = {key: getattr(settings, field) for key, field in _KEYS.items()}
    varied = {"data.augment.shift": settings.shift, "data.augment.flip": settings.flip}
    found |= {key: value for key, value in varied.items() if value}
    if len(set(settings.keep_prob)) <= 1:  # one number, as a config says it whatever the layers
        found["network.keep_prob"] = settings.keep_prob[0] if settings.keep_prob else 1.0
    return found
