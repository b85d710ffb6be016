"""What the exit status of a command means."""

from __future__ import annotations

from enum import IntEnum


class Status(IntEnum):
    """The exit statuses, for scripts and CI."""

    DONE = 0
    NO = 1
    """The answer is no: a check failed, `--fail-on` matched, the training diverged."""
    REFUSED = 2
    """The request is wrong: its config, its data, or how the command was called."""
    INTERRUPTED = 130
    TERMINATED = 143
