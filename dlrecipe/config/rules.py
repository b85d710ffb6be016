"""What has to hold between keys, each of which is valid by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dlrecipe.config.data_section import Split
from dlrecipe.config.wording import Keys, show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dlrecipe.config.model import Config
    from dlrecipe.config.sweep_section import Sweep


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that does not hold.

    Attributes:
        keys: The key the message is about.
        partner: The other key of the rule (the same one, for a rule within one key).
        text: A sentence that lacks its subject, the key.
    """

    keys: Keys
    partner: Keys
    text: str


def breaches(config: Config) -> Iterator[Breach]:
    """Yield every rule between keys that the configuration breaks."""
    yield from _one_keep_prob_per_layer(config)
    yield from _lbfgs_needs_a_fixed_objective(config)
    yield from _own_test_needs_own_dev(config)
    yield from _one_choice_of_columns(config)
    yield from _time_or_groups(config)
    yield from _shift_within_the_picture(config)
    if isinstance(config.data.split, Split):
        yield from _sizes_fit(config.data.split)
    if config.sweep is not None:
        yield from _ranges_have_a_length(config.sweep)


def _one_keep_prob_per_layer(config: Config) -> Iterator[Breach]:
    given, needed = len(config.network.keep_probs), len(config.network.layers)
    if given != needed:
        text = f"must be one number, or a list with one for each of the {needed} hidden layers. Got {given}."
        yield Breach(("network", "keep_prob"), ("network", "layers"), text)


def _lbfgs_needs_a_fixed_objective(config: Config) -> Iterator[Breach]:
    if config.training.optimizer != "lbfgs":
        return
    optimizer = ("training", "optimizer")
    if config.training.batch_size != "full":
        text = "must be full with optimizer lbfgs, which has no batches."
        found = show(config.training.batch_size)
        yield Breach(("training", "batch_size"), optimizer, f"{text} Got {found}.")
    if any(keep_prob < 1 for keep_prob in config.network.keep_probs):
        text = "must be 1 with optimizer lbfgs, whose line search needs a J that dropout does not change."
        yield Breach(("network", "keep_prob"), optimizer, f"{text} Got {show(config.network.keep_prob)}.")
    if config.data.augment is not None and config.data.augment.varies:
        text = "must be left out with optimizer lbfgs, whose line search needs a J that stays the same."
        found = show(config.data.augment.model_dump(exclude_defaults=True))
        yield Breach(("data", "augment"), optimizer, f"{text} Got {found}; adam can have it.")


def _own_test_needs_own_dev(config: Config) -> Iterator[Breach]:
    if config.data.test is not None and config.data.dev is None:
        text = "needs data.dev as well: either both are parts of data.source, or dev has a file of its own."
        yield Breach(("data", "test"), ("data", "dev"), text)


def _one_choice_of_columns(config: Config) -> Iterator[Breach]:
    if config.data.drop and config.data.keep is not None:
        text = "must be empty where data.keep names all inputs. Got"
        yield Breach(("data", "drop"), ("data", "keep"), f"{text} {show(config.data.drop)}.")


def _time_or_groups(config: Config) -> Iterator[Breach]:
    if config.data.time is not None and config.data.group is not None:
        text = "cannot be had with data.group: a group may last from the oldest rows to the newest. Got"
        yield Breach(("data", "time"), ("data", "group"), f"{text} {show(config.data.time)}.")


def _shift_within_the_picture(config: Config) -> Iterator[Breach]:
    augment = config.data.augment
    if augment is not None and augment.image is not None and augment.shift >= min(augment.image[:2]):
        where: Keys = ("data", "augment", "shift")
        text = f"must be less than the picture's sides, {show(list(augment.image[:2]))}. Got {augment.shift}."
        yield Breach(where, ("data", "augment", "image"), text)


def _sizes_fit(split: Split) -> Iterator[Breach]:
    where: Keys = ("data", "split")
    empty = [part for part, size in (("train", split.train), ("dev", split.dev)) if size == 0]
    for part in empty:
        yield Breach((*where, part), where, "must not be empty. Got 0.")
    if empty:
        return
    if split.in_counts and any(size != int(size) for size in split.sizes):
        text = "must be all ratios below 1 or all whole counts of examples, not both."
        yield Breach(where, where, f"{text} Got {show(list(split.sizes))}.")
    elif not split.in_counts and abs(sum(split.sizes) - 1) > 1e-6:
        yield Breach(where, where, f"must have ratios that add to 1. Got a sum of {sum(split.sizes):g}.")


def _ranges_have_a_length(sweep: Sweep) -> Iterator[Breach]:
    for key, axis in sweep.ranges:
        where: Keys = ("sweep", "space", key)
        if axis.low >= axis.high:
            text = f"must be below high ({axis.high:g}). Got {show(axis.low)}."
            yield Breach((*where, "low"), where, text)
        elif axis.log and axis.low == 0:
            yield Breach((*where, "low"), where, "must be above 0 with log: true. Got 0.")
