"""What MkDocs calls while it builds: pages that follow from the program are written, not kept."""

from __future__ import annotations

import posixpath
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File

sys.path.insert(0, str(Path(__file__).parent))  # the pages' modules are beside this one

import commands
import config_keys
import lecture
import lecture_results
import python_names
import result_fields

from dlrecipe.lecture import TOPICS

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[2]
PAGES = {
    "reference/commands.md": commands.page,
    "reference/config.md": config_keys.page,
    "reference/json.md": result_fields.page,
    "reference/python.md": python_names.page,
    "contributing.md": lambda: (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"),
    **lecture.pages(),
}
KOREAN = "ko/"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the written pages to those of docs/."""
    for path, page in PAGES.items():
        files.append(File.generated(config, path, content=page()))
    return files


def on_page_markdown(markdown: str, page: Page, files: Files, **_: object) -> str:
    """Fill in what the lecture's experiments measured, and lead to the page in the other language."""
    path = page.file.src_uri
    folder, _, name = path.removesuffix(".md").rpartition("/")
    if folder in ("lecture", f"{KOREAN}lecture"):
        markdown = _with_lecture(markdown, folder, name, files)
    other = path.removeprefix(KOREAN) if path.startswith(KOREAN) else KOREAN + path
    return _with_link(markdown, posixpath.relpath(other, folder)) if other in files.src_uris else markdown


def _with_lecture(markdown: str, folder: str, name: str, files: Files) -> str:
    if name != "index":
        return lecture_results.with_results(markdown, name)
    return lecture_results.with_list(
        markdown, {topic: files.src_uris[f"{folder}/{topic}.md"].content_string for topic in TOPICS}
    )


def _with_link(markdown: str, other: str) -> str:
    name, language = ("한국어", "ko") if KOREAN in other else ("English", "en")
    title, _, text = markdown.partition("\n")
    return f"{title}\n\n[{name}]({other}){{lang={language} hreflang={language}}}\n{text}"


def on_post_page(output: str, page: Page, **_: object) -> str:
    """Tell browsers and screen readers which pages are Korean."""
    return (
        output.replace('<html lang="en"', '<html lang="ko"', 1)
        if page.file.src_uri.startswith(KOREAN)
        else output
    )
