"""Forked processes that are killed, or lack something; they have everything imported already."""

import json
import os
import signal
import sys
import time
from typing import NamedTuple


class Child(NamedTuple):
    """How a forked process ended: its exit status (minus the signal that killed it), stdout, stderr."""

    status: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


def in_child(work, folder, kill_after=None):
    """Do some work in a forked process, which has everything imported already, and perhaps kill it.

    Args:
        work: Its result is the exit status.
        folder: Where stdout and stderr go.
        kill_after: Seconds until SIGKILL.
    """
    for name in ("out", "err"):  # a child that is killed at once has not made them
        (folder / name).write_text("")
    process = os.fork()
    if process == 0:
        try:
            for stream, name in ((sys.stdout, "out"), (sys.stderr, "err")):
                handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
                os.dup2(handle, {"out": 1, "err": 2}[name])
                stream.flush()
            sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
            status = int(work() or 0)
            sys.stdout.flush()
        except BaseException:  # noqa: BLE001  # what nobody expected must not go on in the parent's code
            sys.excepthook(*sys.exc_info())
            status = 99
        sys.stderr.flush()
        os._exit(status)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(process, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    return Child(status, (folder / "out").read_text(), (folder / "err").read_text())
