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
    """Return the page: keys of their own, then each section with the mappings that its keys may hold."""
    schema = json_schema()
    known = schema["$defs"]
    sections = {name: _mappings_of(key, known) for name, key in schema["properties"].items()}
    alone = {name: key for name, key in schema["properties"].items() if not sections[name]}
    parts = [INTRODUCTION, _table("", alone, schema.get("required", []), known)]
    for name, found in sections.items():
        for section in found:
            parts += [f"## {name}", "", _cell(schema["properties"][name].get("description", "")), ""]
            parts.append(_table(f"{name}.", section["properties"], section.get("required", []), known))
            parts += _nested(name, section, known)
    return "\n".join(parts)


def _nested(name: str, section: dict[str, Any], known: dict[str, Any]) -> list[str]:
    """Return a table for each mapping that a key of a section may hold, or that is a value in such a one."""
    parts: list[str] = []
    for leaf, key in section["properties"].items():
        values = key.get("patternProperties", {}).values()
        for mapping in [mapping for form in (key, *values) for mapping in _mappings_of(form, known)]:
            kind = mapping["properties"].get("kind", {}).get("const")
            title = f"{name}.{leaf}" + (f", kind {kind}" if kind else "")
            parts += [f"### {title}", "", mapping.get("description", "").replace("`", ""), ""]
            parts.append(_table("", mapping["properties"], mapping.get("required", []), known))
    return parts


def _mappings_of(key: dict[str, Any], known: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the mappings of known keys among the forms that a key may have."""
    forms = [key, *key.get("oneOf", []), *key.get("anyOf", [])]
    found = [known[form["$ref"].rsplit("/", 1)[1]] for form in forms if "$ref" in form]
    return [mapping for mapping in found if "properties" in mapping]


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
