"""Being asked to stop: Ctrl-C, a scheduler's SIGTERM, a closed terminal's SIGHUP.

Each becomes a `KeyboardInterrupt` in the main thread, so that a training saves what it has whoever stops it.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dlrecipe.cli.status import Status

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

ONE_REQUEST = 0.5
"""Seconds within which a second signal is taken for the first: `timeout` and shells send theirs twice."""


@dataclass(slots=True)
class StopRequest:
    """The last signal that asked this process to stop, and when it came."""

    number: int | None = None
    when: float = float("-inf")
    reminder: threading.Timer | None = None

    @property
    def status(self) -> Status:
        """The exit status that says who stopped the program."""
        return Status.INTERRUPTED if self.number in (None, signal.SIGINT) else Status.TERMINATED

    def receive(self, number: int, _frame: FrameType | None) -> None:
        """Handle a signal; a later one interrupts whatever the first one started, such as saving."""
        now = time.monotonic()
        again = now - self.when < ONE_REQUEST
        self.number, self.when = number, now
        if not again:
            raise KeyboardInterrupt

    def remember(self) -> None:
        """Ask again in a moment, because whoever was interrupted could not pass it on."""
        if self.number is None or self.reminder is not None:
            return
        self.reminder = threading.Timer(1.2 * ONE_REQUEST, self._ask_again)
        self.reminder.daemon = True
        self.reminder.start()

    def _ask_again(self) -> None:
        self.reminder = None
        if self.number is not None:
            os.kill(os.getpid(), self.number)


@contextmanager
def stop_signals() -> Iterator[StopRequest]:
    """Let signals interrupt the block, and tell which one did.

    A signal that is ignored stays so: `nohup` and the shell's `&` mean it. Where it comes while C code calls
    Python, as Numba's compiler does, Python could only complain and go on: it is asked again instead.
    """
    request = StopRequest()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    heeded = {number: handler for number, handler in before.items() if handler is not signal.SIG_IGN}
    for number in heeded:
        signal.signal(number, request.receive)
    complain = sys.unraisablehook

    def hear(unraisable: sys.UnraisableHookArgs) -> None:
        if unraisable.exc_type is KeyboardInterrupt:
            request.remember()
        else:
            complain(unraisable)

    sys.unraisablehook = hear
    try:
        yield request
    finally:
        sys.unraisablehook = complain
        if request.reminder is not None:
            request.reminder.cancel()
        for number, handler in heeded.items():
            signal.signal(number, handler)
