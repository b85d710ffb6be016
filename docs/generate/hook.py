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
import python_names
import result_fields

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

ROOT = Path(__file__).parents[2]
PAGES = {
    "reference/commands.md": commands.page,
    "reference/config.md": config_keys.page,
    "reference/json.md": result_fields.page,
    "reference/python.md": python_names.page,
    "lecture/index.md": lecture.page,
    "contributing.md": lambda: (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"),
}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the written pages to those of docs/."""
    for path, page in PAGES.items():
        files.append(File.generated(config, path, content=page()))
    return files
