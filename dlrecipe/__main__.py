"""The program, also as `python -m dlrecipe`: from the first line on, a signal ends it without a traceback.

Until the command line is imported there is nothing to save, and the process just leaves.
"""

import gc
import os
import signal
import sys

_STATUS = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 143}

_QUICKLY = {
    "OPENBLAS_THREAD_TIMEOUT": "20",  # idle BLAS threads wait busily for 2²⁰ cycles, not 2²⁶
    "PYDANTIC_DISABLE_PLUGINS": "__all__",  # looking for them reads the metadata of all packages
}
"""What the libraries read when they are imported, unless the user has set it; no result depends on it."""

_KEPT_OBJECTS = 20_000
"""New objects from one garbage collection to the next: what imports make is kept anyway."""


def _leave(number: int, _frame: object) -> None:
    os._exit(_STATUS[signal.Signals(number)])


for _number in _STATUS:
    if signal.getsignal(_number) is not signal.SIG_IGN:  # `nohup` and the shell's `&` mean it
        signal.signal(_number, _leave)


def main() -> None:
    """Run the command line of this process, and exit."""
    gc.set_threshold(_KEPT_OBJECTS)
    for name, value in _QUICKLY.items():
        os.environ.setdefault(name, value)
    from dlrecipe.cli.app import run  # noqa: PLC0415  # typer is slow to import
    from dlrecipe.cli.refusal import say_interrupted  # noqa: PLC0415
    from dlrecipe.cli.signals import stop_signals  # noqa: PLC0415
    from dlrecipe.cli.status import Status  # noqa: PLC0415

    with stop_signals() as request:
        try:
            status = run(sys.argv[1:])
        except KeyboardInterrupt:  # while the last words were said
            status = Status.INTERRUPTED
        except Exception:
            if request.number is None:
                raise
            # A library caught the interrupt, as a compiler within Numba does, and fails for want of its work.
            say_interrupted(as_json="--json" in sys.argv)
            status = Status.INTERRUPTED
    sys.exit(request.status if status == Status.INTERRUPTED else status)


if __name__ == "__main__":
    main()
