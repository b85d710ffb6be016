"""The lecture as experiments: every claim with a measurement that shows it, or that it does not hold.

The topics are imported when they are first asked for: they bring NumPy and the trainer with them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.lazy import importer

if TYPE_CHECKING:
    from dlrecipe.lecture.contents import TOPICS, find_topic, syllabus
    from dlrecipe.lecture.files import copy_files
    from dlrecipe.lecture.topic import Topic

__all__ = ["TOPICS", "Topic", "copy_files", "find_topic", "syllabus"]

_HOMES = {
    "TOPICS": "contents",
    "Topic": "topic",
    "copy_files": "files",
    "find_topic": "contents",
    "syllabus": "contents",
}

__getattr__ = importer(__name__, _HOMES)
