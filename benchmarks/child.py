"""A command as a process of its own: `measure` runs it, and what it prints is only thrown away.

Linux starts a child's peak of memory at what its parent held when it forked. So a small Python stands between
this process, with PyTorch in it, and the command.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.timing import Cost

ROOT = Path(__file__).parents[1]
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""A user's Python keeps the bytecode of what it imported."""
PROGRAM = f"{Path(sys.executable).parent}/dlrecipe"
LAUNCHER = """
import json, os, sys
nothing = os.open(os.devnull, os.O_WRONLY)
quiet = [(os.POSIX_SPAWN_DUP2, nothing, 1), (os.POSIX_SPAWN_DUP2, nothing, 2)]
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet)
_, status, usage = os.wait4(child, 0)
print(json.dumps([status, usage.ru_utime + usage.ru_stime, usage.ru_maxrss]))
"""
KIBIBYTE = 1024


@dataclass(frozen=True, slots=True)
class Child:
    """What a process took.

    Attributes:
        cost: Processor and wall seconds.
        peak: Of resident memory, in bytes.
    """

    cost: Cost
    peak: int


def measure(*command: str) -> Child:
    """Run a command to its end.

    Raises:
        RuntimeError: It failed.
    """
    began = time.perf_counter()
    done = subprocess.run(  # noqa: S603  # our own commands
        [sys.executable, "-S", "-c", LAUNCHER, *command],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=ENVIRONMENT,
    )
    wall = time.perf_counter() - began
    status, cpu, kibibytes = json.loads(done.stdout)
    if status:
        raise RuntimeError(f"{command} ended with {status}")
    return Child(Cost(cpu, wall), kibibytes * KIBIBYTE)


def python(code: str) -> tuple[str, ...]:
    """The command that runs code in this Python."""
    return sys.executable, "-c", code
