"""A run's model as a file for other programs, with a README for its receiver."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dlrecipe import exports
from dlrecipe.errors import UsageError
from dlrecipe.experiments.run import open_run
from dlrecipe.results import Exported
from dlrecipe.runs import RunFolder
from dlrecipe.runs.archive import read_archive
from dlrecipe.runs.atomic import replacing

if TYPE_CHECKING:
    from dlrecipe.experiments.run import Run


def export(
    run: str | Path | None = None, runs: str | Path = "runs", out: str | Path = "model.onnx"
) -> Exported:
    """Write a finished run's model with its preprocessing, and a README beside it.

    Args:
        run: A path, a name or a number; None for the newest finished run.
        runs: The folder of runs.
        out: The file; its suffix says what it is: .onnx or .safetensors. One that is there is replaced.

    Raises:
        UsageError: The suffix is none of them, its library is not installed, or there is no such folder.
        RunError: There is no such run, its inputs are prepared in ways that cannot be exported, or the file
            cannot be written.
    """
    path = Path(out)
    form = exports.format_of(path)
    if not path.parent.is_dir():
        raise UsageError(f"--out: the folder {path.parent} does not exist. Create it first.")
    opened = open_run(run, runs)
    file = RunFolder(opened.folder).model
    exports.refuse_unknown(read_archive(file), file)
    exports.refuse_unknown_activation(opened.model.network.activation.name)
    card = _card(opened, path.name)
    facts = {"run": card.run, "source": card.source, "target": card.target, "dev_error": card.dev_error}
    content = form.content(opened.model, opened.result.name, facts)
    readme = path.with_name(f"{path.name}.README.md")
    with replacing(path) as written:
        written.write(content)
    with replacing(readme) as written:
        written.write(exports.receivers_readme(card, opened.model).encode("utf-8", "surrogateescape"))
    return Exported(str(opened.folder), str(path), str(readme), form.name, len(content))


def _card(run: Run, file: str) -> exports.Card:
    result, labels = run.result, run.model.encoder.labels
    error = result.dev.error
    return exports.Card(
        file=file,
        run=run.folder.name,
        source=Path(labels.source).name,
        target=Path(labels.name).name,
        examples=result.train.examples,
        dev_error=f"{100 * error:.3g} %"
        if result.task == "classification"
        else f"{error:.3g} of the variance",
    )
