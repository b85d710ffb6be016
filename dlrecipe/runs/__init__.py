"""Run folders: everything that a training writes, and that is read back later."""

from dlrecipe.runs.checkpoint import Checkpoint, read_checkpoint, write_checkpoint
from dlrecipe.runs.create import create_run, write_config
from dlrecipe.runs.find import find_run, list_runs, newest, status
from dlrecipe.runs.folder import RunFolder
from dlrecipe.runs.history import read_history, write_history
from dlrecipe.runs.lock import Lock
from dlrecipe.runs.model import Model, read_model, write_model
from dlrecipe.runs.result import read_result, write_result

__all__ = [
    "Checkpoint",
    "Lock",
    "Model",
    "RunFolder",
    "create_run",
    "find_run",
    "list_runs",
    "newest",
    "read_checkpoint",
    "read_history",
    "read_model",
    "read_result",
    "status",
    "write_checkpoint",
    "write_config",
    "write_history",
    "write_model",
    "write_result",
]
