"""What a short training does not wait for."""

import subprocess
import sys
from pathlib import Path

CONFIG = Path(__file__).parents[2] / "configs/smoke.yaml"
LEFT_OUT = (
    "polars",
    "matplotlib",
    "numba",
    "scipy",
    "sklearn",
    "numpy.ma",
    "rich.progress",
    "statistics",
    "dlrecipe.gradcheck",
    "dlrecipe.data.as_read",
    "dlrecipe.data.predicted",
    "dlrecipe.recipe.attainable",
    "dlrecipe.results.runs",
    "dlrecipe.runs.find",
    "dlrecipe.runs.unfinished",
)


def test_a_check_without_references_needs_no_extra():
    code = (
        "import sys; from dlrecipe.cli.app import run; "
        f"status = run(['check', {str(CONFIG)!r}, '--json']); "
        "print([name for name in ('scipy', 'sklearn', 'polars') if name in sys.modules], file=sys.stderr); "
        "sys.exit(status)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip().splitlines()[-1] == "[]"


def test_a_training_on_a_bundled_set_imports_only_what_it_uses(tmp_path):
    code = (
        "import sys; from dlrecipe.cli.app import run; "
        f"status = run(['train', {str(CONFIG)!r}, '--runs', {str(tmp_path)!r}, '--json']); "
        f"print([name for name in {LEFT_OUT} if name in sys.modules], file=sys.stderr); sys.exit(status)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip().splitlines()[-1] == "[]"
