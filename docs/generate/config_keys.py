"""Every key of the config, from its JSON Schema."""

from __future__ import annotations

import json
from typing import Any

from dlrecipe.config import json_schema

INTRODUCTION = """# Config

A YAML file; `dlrecipe init` writes a commented one. Any key can be set for one command with
`-S training.lambda=0.3`. Relative paths are seen from the config's own folder. Numbers mean what YAML 1.2
says: `no` is a word, `010` is ten, `1e-3` is a number; a key that stands twice is an error.

`dlrecipe schema > dlrecipe.schema.json` gives the JSON Schema that this page is written from, for editors.
"""


def page() -> str:
    """Return the page."""
    schema = json_schema()
    known = schema["$defs"]
    top = {name: key for name, key in schema["properties"].items() if not _sections_of(key, known, own=True)}
    parts = [INTRODUCTION, _table("", top, schema.get("required", []), known)]
    for name, key in schema["properties"].items():
        for section in _sections_of(key, known, own=True):
            parts += [f"## {name}", "", key.get("description", ""), ""]
            parts.append(_table(f"{name}.", section["properties"], section.get("required", []), known))
            parts += _mappings(name, section, known)
    return "\n".join(parts)


def _mappings(name: str, section: dict[str, Any], known: dict[str, Any]) -> list[str]:
    """Return a table for each mapping that a key of a section may hold."""
    parts: list[str] = []
    for leaf, key in section["properties"].items():
        for mapping in _sections_of(key, known, own=False):
            kind = mapping["properties"].get("kind", {}).get("const")
            title = f"{name}.{leaf}" + (f", kind {kind}" if kind else "")
            parts += [f"### {title}", "", mapping.get("description", "").replace("`", ""), ""]
            parts.append(_table("", mapping["properties"], mapping.get("required", []), known))
    return parts


def _sections_of(key: dict[str, Any], known: dict[str, Any], *, own: bool) -> list[dict[str, Any]]:
    """Return the mappings of known keys that a key may be: as a whole (`own`), or among other forms."""
    forms = [key] if own else key.get("oneOf", key.get("anyOf", []))
    found = [known[form["$ref"].rsplit("/", 1)[1]] for form in forms if "$ref" in form]
    return [section for section in found if "properties" in section]


def _table(before: str, keys: dict[str, Any], required: list[str], known: dict[str, Any]) -> str:
    lines = ["| key | what it may be | default | meaning |", "|---|---|---|---|"]
    for name, key in keys.items():
        default = "required" if name in required else _default(key)
        lines.append(
            f"| `{before}{name}` | {_form(key, known)} | {default} | {_cell(key.get('description', ''))} |"
        )
    return "\n".join(lines) + "\n"


def _default(key: dict[str, Any]) -> str:
    value = key.get("default")
    if isinstance(value, dict):
        value = value.get("kind", value)
    return f"`{value if isinstance(value, str) else json.dumps(value)}`" if "default" in key else ""


def _form(key: dict[str, Any], known: dict[str, Any]) -> str:
    """Return in words what a key may hold."""
    forms = key.get("oneOf", key.get("anyOf"))
    if forms:
        return " or ".join(dict.fromkeys(_form(form, known) for form in forms))
    if "$ref" in key:
        return _form(known[key["$ref"].rsplit("/", 1)[1]], known)
    if "const" in key or "enum" in key:
        words = [key["const"]] if "const" in key else key["enum"]
        return ", ".join(f"`{word}`" for word in words)
    if key.get("type") == "array":
        return f"list of {_form(key.get('items', {}), known)}"
    return _kind(key.get("type", "any")) + _bounds(key)


def _kind(kind: str) -> str:
    words = {"integer": "whole number", "string": "text", "object": "mapping", "boolean": "`true`, `false`"}
    return words.get(kind, f"`{kind}`" if kind == "null" else kind)


def _bounds(key: dict[str, Any]) -> str:
    signs = {"minimum": "≥", "exclusiveMinimum": ">", "maximum": "≤", "exclusiveMaximum": "<"}
    return "".join(f" {sign} {key[name]:g}" for name, sign in signs.items() if name in key)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")
