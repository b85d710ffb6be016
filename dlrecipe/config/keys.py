"""Which keys there are, and which of them an unknown key was meant to be."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

from dlrecipe.config.model import Config
from dlrecipe.config.wording import Keys, dotted, either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo


@cache
def known_keys() -> dict[Keys, FieldInfo]:
    """Return every key of the configuration with its field, sections included, in the order of the file."""
    return dict(_keys_of(Config, ()))


def meaning(keys: Keys) -> str:
    """Return the first sentence of the description of a known key."""
    description = known_keys()[_declared(keys)].description or ""
    return description.split(". ", maxsplit=1)[0].rstrip(".")


def remedy(keys: Keys) -> str:
    """Return what may have been meant by an unknown key: the nearest known ones, or all of its section."""
    section, leaf = _declared(keys)[:-1], _folded(keys[-1])
    here = {_folded(known[-1]): known for known in known_keys() if known[:-1] == section}
    training = [known for known in known_keys() if known[0] != "sweep"]  # what a lost key most likely is of
    elsewhere = {_folded(known[-1]): known for known in training if known[:-1] != section}
    if leaf in elsewhere:
        near = [known for known in training if _folded(known[-1]) == leaf]
        return f"Did you mean {either(dotted(known) for known in sorted(near, key=len))}?"
    for place, cutoff in ((here, 0.6), (elsewhere, 0.8)):
        if match := get_close_matches(leaf, place, n=1, cutoff=cutoff):
            return f"Did you mean {dotted(place[match[0]])}?"
    return f"Known keys here: {either(dotted(known) for known in here.values())}."


def _declared(keys: Keys) -> Keys:
    """Return the keys as the model has them: those of a searched setting's range stand below `space`."""
    return keys[:2] + keys[3:] if keys[:2] == ("sweep", "space") and len(keys) > 3 else keys


def _folded(key: object) -> str:
    return str(key).lower().replace("-", "_").replace(" ", "_")


def _keys_of(model: type[BaseModel], above: Keys) -> Iterator[tuple[Keys, FieldInfo]]:
    for name, field in model.model_fields.items():
        keys = (*above, field.alias or name)
        yield keys, field
        for section in _models_in(field.annotation):
            yield from _keys_of(section, keys)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """Yield the sections an annotation can hold: itself, or members of a union."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)
