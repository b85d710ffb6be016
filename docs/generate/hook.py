"""What MkDocs calls while it builds: pages that follow from the program are written, not kept."""

from __future__ import annotations

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
    """Fill in what the lecture's experiments measured, in every language."""
    folder, _, name = page.file.src_uri.removesuffix(".md").rpartition("/")
    if folder not in ("lecture", f"{KOREAN}lecture"):
        return markdown
    if name != "index":
        return lecture_results.with_results(markdown, name)
    paths = {topic: f"{folder}/{topic}.md" for topic in TOPICS}
    texts = {topic: file.content_string for topic, path in paths.items() if (file := files.src_uris.get(path))}
    return lecture_results.with_list(markdown, texts)


def on_post_page(output: str, page: Page, **_: object) -> str:
    """Tell browsers and screen readers which pages are Korean."""
    return output.replace('<html lang="en"', '<html lang="ko"', 1) if page.file.src_uri.startswith(KOREAN) else output
