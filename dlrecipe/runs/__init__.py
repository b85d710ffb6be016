"""Run folders: everything that a training writes, and that is read back later.

The names below are imported when they are first used: a training looks for no older run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dlrecipe.lazy import importer

if TYPE_CHECKING:
    from dlrecipe.runs.answer import read_answer, whole_answer, write_answer
    from dlrecipe.runs.checkpoint import (
        Checkpoint,
        Conditions,
        latest_checkpoint,
        read_checkpoint,
        save_checkpoint,
        write_checkpoint,
    )
    from dlrecipe.runs.create import create_folder, write_text
    from dlrecipe.runs.find import find_run, list_runs, newest, status
    from dlrecipe.runs.folder import RunFolder
    from dlrecipe.runs.history import read_history, write_history
    from dlrecipe.runs.lock import Lock
    from dlrecipe.runs.looks import count_looks, record_look
    from dlrecipe.runs.meant import find_finished
    from dlrecipe.runs.model import Model, read_model, write_model
    from dlrecipe.runs.result import read_result, require_sealed, seal, write_result
    from dlrecipe.runs.study import Origin, Purpose, Study, create_study, origin_text, read_origin, read_study
    from dlrecipe.runs.unfinished import find_resumable

__all__ = [
    "Checkpoint",
    "Conditions",
    "Lock",
    "Model",
    "Origin",
    "Purpose",
    "RunFolder",
    "Study",
    "count_looks",
    "create_folder",
    "create_study",
    "find_finished",
    "find_resumable",
    "find_run",
    "latest_checkpoint",
    "list_runs",
    "newest",
    "origin_text",
    "read_answer",
    "read_checkpoint",
    "read_history",
    "read_model",
    "read_origin",
    "read_result",
    "read_study",
    "record_look",
    "require_sealed",
    "save_checkpoint",
    "seal",
    "status",
    "whole_answer",
    "write_answer",
    "write_checkpoint",
    "write_history",
    "write_model",
    "write_result",
    "write_text",
]

_HOMES = {
    "Checkpoint": "checkpoint",
    "Conditions": "checkpoint",
    "Lock": "lock",
    "Model": "model",
    "Origin": "study",
    "Purpose": "study",
    "RunFolder": "folder",
    "Study": "study",
    "count_looks": "looks",
    "create_folder": "create",
    "create_study": "study",
    "find_finished": "meant",
    "find_resumable": "unfinished",
    "find_run": "find",
    "latest_checkpoint": "checkpoint",
    "list_runs": "find",
    "newest": "find",
    "origin_text": "study",
    "read_answer": "answer",
    "read_checkpoint": "checkpoint",
    "read_history": "history",
    "read_model": "model",
    "read_origin": "study",
    "read_result": "result",
    "read_study": "study",
    "record_look": "looks",
    "require_sealed": "result",
    "save_checkpoint": "checkpoint",
    "seal": "result",
    "status": "find",
    "whole_answer": "answer",
    "write_answer": "answer",
    "write_checkpoint": "checkpoint",
    "write_history": "history",
    "write_model": "model",
    "write_result": "result",
    "write_text": "create",
}

__getattr__ = importer(__name__, _HOMES)
