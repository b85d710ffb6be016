"""Who carries out the trials: this process, several, or a Dask cluster; and what to do when one dies."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Future, wait
from contextlib import ExitStack
from typing import TYPE_CHECKING

from dlrecipe.errors import RunError
from dlrecipe.experiments.executors import executor
from dlrecipe.experiments.sweeping.attempts import Outcome, attempt, attempt_on_cluster

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from dlrecipe.experiments.sweeping.attempts import Attempt

KILLED = "Its process was killed twice, perhaps for want of memory: it takes more than the others left."


class Crew:
    """Carries out trials. As a context: left by an exception, it ends its processes."""

    def __init__(self, workers: int, dask: str | None = None) -> None:
        """Take processes of this machine, or those of a Dask scheduler's workers.

        Raises:
            UsageError: The scheduler cannot be reached, or Dask is not installed.
        """
        self._workers, self._dask = workers, dask
        self._stack = ExitStack()
        self._pool = self._stack.enter_context(executor(workers, dask))
        self._tasks: dict[int, Attempt] = {}
        self._futures: dict[int, Future[Outcome]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    @property
    def busy(self) -> set[int]:
        """Numbers of the trials under way."""
        return set(self._tasks)

    def begin(self, number: int, task: Attempt) -> None:
        """Begin a trial."""
        self._tasks[number] = task
        work = attempt if self._dask is None else attempt_on_cluster
        try:
            self._futures[number] = self._pool.submit(work, task)
        except BrokenExecutor as error:  # a process died meanwhile: `collect` sees to it
            self._futures[number] = Future()
            self._futures[number].set_exception(error)

    def collect(self) -> dict[int, Outcome]:
        """Wait until a trial is over, and return those that are.

        Raises:
            RunError: The cluster can carry out none.
        """
        done, _ = wait(self._futures.values(), return_when=FIRST_COMPLETED)
        if any(isinstance(_error(future), BrokenExecutor) for future in done):
            return self._recover()
        numbers = [number for number, future in self._futures.items() if future in done]
        return {number: self._result(number) for number in sorted(numbers)}

    def _result(self, number: int) -> Outcome:
        self._tasks.pop(number)
        future = self._futures.pop(number)
        error = _error(future)
        if error is None:
            return future.result()
        if self._dask is None:  # a defect of ours is not hidden
            raise error
        if type(error).__name__ == "KilledWorker":
            return Outcome("failed", reason="Each of the workers that tried it was killed.")
        if "Cancelled" in type(error).__name__:
            raise RunError(
                f"The Dask scheduler at {self._dask} went away. Nothing is lost: dlrecipe resume goes on, "
                "with --dask ADDRESS on another one, with --workers N on this machine."
            ) from error
        raise RunError(
            f"The Dask cluster at {self._dask} cannot carry out trial {number + 1}: {type(error).__name__}: "
            f"{error} Its workers need dlrecipe, and the folder of runs and the data under the same paths."
        ) from error

    def _recover(self) -> dict[int, Outcome]:
        """Go on with the trials under way one at a time, so that the one that kills its process is known."""
        found = {}
        for number in sorted(self._tasks):
            with executor(2) as pool:
                future = pool.submit(attempt, self._tasks.pop(number))
                try:
                    found[number] = future.result()
                except BrokenExecutor:
                    found[number] = Outcome("failed", reason=KILLED)
        self._futures.clear()
        self._stack.close()
        self._pool = self._stack.enter_context(executor(self._workers))
        return found


def _error(future: Future[Outcome]) -> BaseException | None:
    """Return why a future has no result; one that was cancelled raises that instead of returning it."""
    try:
        return future.exception()
    except CancelledError as error:
        return error
