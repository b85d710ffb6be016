"""YAML text in, plain data and the line of every key out; nothing in the text can run, hang or blow up."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

import yaml

from dlrecipe.config.wording import Keys, dotted, printable, show
from dlrecipe.config.yaml_rules import MAP, SEQ, meaning_of, teach

DEEPEST = 20
"""Levels of nesting; a configuration has four."""
MOST_VALUES = 20_000
"""Values once every alias is written out, so that a few lines cannot stand for millions."""

_SURROGATE = re.compile("[\ud800-\udfff]")


class NotYamlError(Exception):
    """The text cannot be read any further.

    Attributes:
        line: Where, counted from 1.
        text: A sentence or two without the place.
    """

    def __init__(self, line: int, text: str) -> None:
        super().__init__(text)
        self.line = line
        self.text = text


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that YAML or we do not allow, after which the reading could go on.

    Attributes:
        line: Where, counted from 1.
        text: A sentence or two without the place.
        lost: The keys whose value could not be used and became None, if any did.
    """

    line: int
    text: str
    lost: Keys | None = None


@dataclass(slots=True)
class Document:
    """What a YAML text says.

    Attributes:
        value: Plain data: dicts with text as keys, lists, text, numbers, booleans and None.
        lines: Line of each key, and of each item of a list, counted from 1.
        flaws: Repeated keys, unknown tags and the like, all of them.
    """

    value: object = None
    lines: dict[Keys, int] = field(default_factory=dict)
    flaws: list[Flaw] = field(default_factory=list)


class _CoreLoader(yaml.SafeLoader):
    """PyYAML's reader with the meaning of YAML 1.2, and limits to size and nesting."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - PyYAML's own class attribute, emptied of YAML 1.1
    depth = 0
    nodes = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        self.depth += 1
        self.nodes += 1
        if self.nodes > MOST_VALUES:
            line = self.peek_event().start_mark.line + 1  # type: ignore[no-untyped-call]
            raise NotYamlError(line, _too_many())
        if self.depth > DEEPEST:
            line = self.peek_event().start_mark.line + 1  # type: ignore[no-untyped-call]
            raise NotYamlError(line, _too_deep())
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


teach(_CoreLoader)


def read_yaml(text: str) -> Document:
    """Return the only document of a YAML text.

    Raises:
        NotYamlError: The text is not valid YAML, or its nesting or its aliases go beyond any configuration.
    """
    document = Document()
    node = _compose(text)
    if node is not None:
        document.value = _Reading(document).value(node, (), 0)
    return document


@lru_cache(maxsize=16)  # a study reads the config it varies for every training
def _compose(text: str) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=_CoreLoader)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise NotYamlError(line, f"A character is not allowed in YAML: U+{error.character:04X}.") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise NotYamlError(mark.line + 1 if mark else 1, _syntax(error)) from None
    except (ValueError, OverflowError):  # an escape such as "\UFFFFFFFF" that is no character
        raise NotYamlError(
            1, "This is not valid YAML: a number in an escape or directive is too large."
        ) from None


def _syntax(error: yaml.MarkedYAMLError) -> str:
    if error.context == "expected a single document in the stream":
        return "A second document begins here (---). Write one configuration per file."
    context = f" {error.context}" if error.context else ""
    tab = " Indent with spaces, not tabs." if "'\\t'" in str(error.problem) else ""
    return f"This is not valid YAML:{context and f'{context},'} {error.problem}.{tab}"


def _too_deep() -> str:
    return f"Values are nested more than {DEEPEST} levels deep, or an alias contains itself."


def _too_many() -> str:
    return f"There are more than {MOST_VALUES:,} values once all aliases are written out."


class _Reading:
    """One walk over the nodes of a document, which counts the values it has seen."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.count = 0

    def value(self, node: yaml.Node, keys: Keys, depth: int) -> object:
        """Return the plain data of a node; what cannot be used becomes a flaw and None."""
        line = node.start_mark.line + 1
        self.count += 1
        if self.count > MOST_VALUES:
            raise NotYamlError(line, _too_many())
        if depth > DEEPEST:
            raise NotYamlError(line, _too_deep())
        if isinstance(node, yaml.MappingNode) and node.tag == MAP:
            return self._mapping(node, keys, depth)
        if isinstance(node, yaml.SequenceNode) and node.tag == SEQ:
            return self._list(node, keys, depth)
        try:
            value = meaning_of(node.tag, node.value)
        except ValueError as error:
            self._flaw(line, f"{dotted(keys) or 'The value'} {error}", keys)
            return None
        if isinstance(value, str) and _SURROGATE.search(value):
            self._flaw(line, f"{dotted(keys)} must be text of whole characters. Got {show(value)}.", keys)
            return None
        return value

    def _list(self, node: yaml.SequenceNode, keys: Keys, depth: int) -> list[object]:
        items = []
        for index, item in enumerate(node.value):
            self.document.lines[*keys, index] = item.start_mark.line + 1
            items.append(self.value(item, (*keys, index), depth + 1))
        return items

    def _mapping(self, node: yaml.MappingNode, keys: Keys, depth: int) -> dict[str, object]:
        items: dict[str, object] = {}
        for key_node, value_node in node.value:
            line, name = key_node.start_mark.line + 1, key_node.value
            if not isinstance(key_node, yaml.ScalarNode) or _SURROGATE.search(name):
                self._flaw(line, f"A key{_inside(keys)} must be plain text.")
                continue
            if name == "<<" and key_node.style is None:  # in quotes it is a column of that name
                self._flaw(line, f"Merge keys (<<){_inside(keys)} are not supported. Write the keys out.")
                continue
            here = (*keys, name)
            if name in items:
                text = (
                    f"{dotted(here)} is repeated: it was given on line {self.document.lines[here]} already."
                )
                self._flaw(line, f"{text} Keep one of them.")
            self.document.lines[here] = line
            items[name] = self.value(value_node, here, depth + 1)
        return items

    def _flaw(self, line: int, text: str, lost: Keys | None = None) -> None:
        self.document.flaws.append(Flaw(line, text, lost))


def _inside(keys: Keys) -> str:
    return f" of {printable(dotted(keys))}" if keys else ""
