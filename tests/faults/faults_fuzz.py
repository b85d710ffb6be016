"""Breaking files by chance, and the bounds within which that must be survived."""

import resource
import signal
from contextlib import contextmanager

SECONDS = 5
"""Of the processor; more is a hang."""

MEMORY = 2 * 2**30
"""Bytes beyond what is in use already."""

INTERESTING = [0, 1, 2, 3, 0x7F, 0x80, 0xFF, *b"0919-+.eE,;:\"'\n\r\t {}[]&*!%#|>@`"]
"""Bytes that mean something to one of the formats."""


@contextmanager
def bounded():
    """Fail when the block takes too long or too much memory."""

    def hang(*_):
        raise AssertionError("more than 5 seconds")

    before, limits = signal.signal(signal.SIGPROF, hang), resource.getrlimit(resource.RLIMIT_AS)
    with open("/proc/self/statm") as file:  # noqa: PTH123
        used = int(file.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, limits[1]))
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
        resource.setrlimit(resource.RLIMIT_AS, limits)


def mutate(content, rng, words=()):
    """Return the bytes with one to four changes: flips, cuts, repeats, swaps and words of the format."""
    data = bytearray(content)
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        at, end = sorted(rng.randrange(len(data) + 1) for _ in range(2))
        end = min(end, at + rng.choice((1, 4, 20, 200)))
        kind = rng.randrange(8)
        if kind == 0 and data:
            data[min(at, len(data) - 1)] ^= 1 << rng.randrange(8)
        elif kind == 1 and data:
            data[min(at, len(data) - 1)] = rng.choice(INTERESTING)
        elif kind == 2:
            del data[at:end]
        elif kind == 3:
            data[at:at] = data[at:end]
        elif kind == 4:
            data[at:end] = bytes(rng.choice(INTERESTING) for _ in range(end - at))
        elif kind == 5:
            del data[at:]
        elif kind == 6 and words:
            data[at : rng.choice((at, end))] = rng.choice(words)
        else:
            data[at:at] = rng.choice(words) if words else data[:20]
    return bytes(data)
