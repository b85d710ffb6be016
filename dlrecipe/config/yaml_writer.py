"""A `Config` as YAML text that reads back to an equal `Config`, in our reader and in others."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import yaml

from dlrecipe.config.recorded import plain_config
from dlrecipe.config.yaml_rules import SEQ, STR, teach

if TYPE_CHECKING:
    from dlrecipe.config.model import Config


_BREAKS = {"\n", "\r", "\x85", "\u2028", "\u2029"}


class _Dumper(yaml.SafeDumper):
    """Sections as blocks, lists on one line; what YAML 1.1 or 1.2 could take for no text is quoted."""


def _on_one_line(dumper: _Dumper, items: list[object]) -> yaml.Node:
    return dumper.represent_sequence(SEQ, items, flow_style=True)


def _quoted_where_it_breaks_lines(dumper: _Dumper, text: str) -> yaml.Node:
    """Escape line breaks that PyYAML would write as they are, and fold into a space when it reads them."""
    quoted = text == "<<" or _BREAKS & set(text)  # as a plain key, << merges
    return dumper.represent_scalar(STR, text, style='"' if quoted else None)


teach(_Dumper)
_Dumper.add_representer(list, _on_one_line)
_Dumper.add_representer(str, _quoted_where_it_breaks_lines)


def dump_config(config: Config) -> str:
    """Return the full configuration, defaults written out, as YAML text.

    Args:
        config: What `load_config` returned.

    Returns:
        Text that `load_config` reads back to an equal `Config`, from whatever folder.
    """
    return yaml.dump(
        plain_config(config), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=math.inf
    )
