"""What a config's `data.augment` comes to on the data at hand, or why it cannot be had there."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dlrecipe.errors import ConfigError
from dlrecipe.experiments.pictures import MOST_CHANNELS, image_shape, in_words, shape_of_file
from dlrecipe.recipe.texts import count
from dlrecipe.training import Augmentation

if TYPE_CHECKING:
    from dlrecipe.config import Config
    from dlrecipe.data import Dataset
    from dlrecipe.experiments.pictures import Shape


def augmentation_for(config: Config, dataset: Dataset) -> Augmentation | None:
    """How training pictures are varied; None where they are not.

    Raises:
        ConfigError: The inputs are no pictures, or other ones than the config says.
    """
    asked = config.data.augment
    if asked is None or not asked.varies:
        return None
    shape = _shape(asked.image, config.data.source, dataset)
    if asked.shift >= min(shape[:2]):
        raise ConfigError(
            f"data.augment.shift must be less than the sides of the pictures of {config.data.source}, "
            f"{in_words(shape)} pixels. Got {asked.shift}."
        )
    return Augmentation(shape, asked.shift, asked.flips, dataset.encoder.mean, dataset.encoder.scale)


def in_a_sentence(augmentation: Augmentation) -> str:
    """Return how training pictures are varied, as a note on the data."""
    moved = f"moved by up to {augmentation.shift} px" if augmentation.shift else ""
    mirrored = f"mirrored ({', '.join(augmentation.flip)})" if augmentation.flip else ""
    return (
        f"In every training step, each picture ({in_words(augmentation.shape)} pixels) is "
        f"{' and '.join(filter(None, (moved, mirrored)))} with probability 1/2; errors are those of the "
        "pictures as they are."
    )


def _shape(given: tuple[int, ...] | None, source: str, dataset: Dataset) -> Shape:
    """The shape of a picture: what the config says, else what the data show."""
    if not dataset.encoder.inputs.plain:
        raise ConfigError(
            f"data.augment needs pictures, whose inputs are all pixels; {source} has texts, dates or "
            "indicators of missing cells among its inputs. Leave it out, or those: data.drop, data.keep."
        )
    own = shape_of_file(dataset)
    if own is not None and len(own) == 3 and own[2] > MOST_CHANNELS >= own[0]:
        raise ConfigError(
            f"data.augment needs the channels last, and the pictures of {source} have shape {own}. Save them "
            "as (examples, height, width, channels), as np.moveaxis(X, 1, -1) does."
        )
    found = image_shape(dataset)
    if given is None:
        return found or _refuse(source, dataset)
    shape = (given[0], given[1], given[2] if len(given) == 3 else 1)
    if math.prod(shape) != dataset.n_x or (own is not None and found != shape):
        has = f"pictures of {in_words(found)} pixels" if found else count(dataset.n_x, "input")
        raise ConfigError(
            f"data.augment.image must be the shape of a picture of {source}, which has {has}. Got "
            f"{list(given)}."
        )
    return shape


def _refuse(source: str, dataset: Dataset) -> Shape:
    raise ConfigError(
        f"data.augment needs pictures, and nothing says that the {dataset.n_x:,} inputs of {source} are the "
        "pixels of one. If they are, row by row, say its size: data.augment.image: [height, width]. If not, "
        "leave data.augment out: moving the columns of a table would mix up what they mean."
    )
