"""SVG, element by element; whatever text goes in is escaped."""

from __future__ import annotations

from markupsafe import Markup, escape


def element(tag: str, /, *children: str, **attributes: object) -> Markup:
    """Return an element.

    Args:
        tag: Its name.
        children: Text, or elements.
        attributes: `class_` is `class`, `stroke_width` is `stroke-width`; numbers are shortened.
    """
    written = Markup("").join(
        Markup(' {}="{}"').format(_attribute(name), _value(value)) for name, value in attributes.items()
    )
    inside = Markup("").join(escape(child) for child in children)
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(tag), written, inside)  # noqa: S704  # tags are our own


def picture(*children: str, title: str, text: str, size: tuple[float, float], key: str) -> Markup:
    """Return an image that a screen reader can tell.

    Args:
        children: What is drawn.
        title: Its name.
        text: What it shows, in words.
        size: Width and height in its own units.
        key: An id that no other picture of the page has.
    """
    return element(
        "svg",
        element("title", title, id=f"{key}-title"),
        element("desc", text, id=f"{key}-desc"),
        *children,
        role="img",
        aria_labelledby=f"{key}-title {key}-desc",
        viewBox=f"0 0 {size[0]:g} {size[1]:g}",
    )


def _attribute(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def _value(value: object) -> str:
    return f"{value:.5g}" if isinstance(value, float) else str(value)
