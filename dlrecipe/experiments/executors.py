"""Where the trainings of a study run: in this process, in several, or on a Dask cluster."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from dlrecipe.errors import RunError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

P = ParamSpec("P")
T = TypeVar("T")


class Serial(Executor):
    """Does each thing when it is asked for, in this process."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Do it now; the future has its result, or its exception."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001  # whoever asks for the result gets it
            future.set_exception(error)
        return future


@contextmanager
def executor(workers: int = 1, dask: str | None = None) -> Iterator[Executor]:
    """An executor for trainings.

    Where the block is left by an exception, such as the user's interrupt, its processes are ended at once:
    their trainings have checkpoints.

    Args:
        workers: Processes; with one, everything is done in this one.
        dask: Address of a Dask scheduler, whose workers are used instead.

    Raises:
        UsageError: The scheduler cannot be reached, or `distributed` is not installed.
        RunError: A process died.
    """
    if dask is not None:
        with _cluster(dask) as pool:
            yield pool
    elif workers == 1:
        yield Serial()
    else:
        with _processes(workers) as pool:
            yield pool


@contextmanager
def _processes(workers: int) -> Iterator[Executor]:
    """Fresh processes: a forked one would share the locks of this one's threads."""
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, context, initializer=_depend_on_the_parent)
    try:
        yield pool
    except BrokenExecutor as error:
        raise RunError(
            "A process was killed while it trained, perhaps for want of memory. What was finished is kept: "
            "`dlrecipe resume` goes on, and with one worker it needs the least memory."
        ) from error
    except BaseException:
        for process in multiprocessing.active_children():
            process.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _depend_on_the_parent() -> None:
    """Leave the user's interrupts to the parent, and die with it: an orphan would wait for work for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)


@contextmanager
def _cluster(address: str) -> Iterator[Executor]:
    try:
        from distributed import Client  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise UsageError('--dask needs Dask: python -m pip install "dlrecipe[dask]"') from error
    for name in ("distributed", "distributed.client"):  # whoever asked gets our words instead
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        client = Client(address, timeout="10s", set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise UsageError(f"--dask {address}: no scheduler answers there ({error}).") from error
    with client:
        yield client.get_executor(pure=False, retries=3)
