"""The file of the latest figures: a run of some topics replaces theirs and leaves the others."""

from __future__ import annotations

import json
import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.rows import Row

PACKAGES = ("dlrecipe", "numpy", "polars", "scikit-learn", "torch", "numba", "pandas")


def merge(file: Path, new: list[Row]) -> list[Row]:
    """The new rows, after those of other topics that the file has from the same machine and versions."""
    if not file.exists():
        return new
    document = json.loads(file.read_text())
    if not document["machine"].items() <= machine().items():
        return new
    replaced = {row.topic for row in new}
    return [*(Row(**row) for row in document["rows"] if row["topic"] not in replaced), *new]


def write(file: Path, rows: list[Row]) -> None:
    """Write rows with what they were measured on."""
    file.parent.mkdir(exist_ok=True)
    document = {"machine": machine(), "rows": [row.to_dict() for row in rows]}
    file.write_text(json.dumps(document, indent=1) + "\n")


def machine() -> dict[str, object]:
    """Processor, cores and versions; nothing that names the machine."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        **{name: _version(name) for name in PACKAGES},
    }


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "")
