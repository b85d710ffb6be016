"""What a training runs on, as a value that a checkpoint keeps."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal

from dlrecipe.errors import RunError
from dlrecipe.training.plain import PLAIN

if TYPE_CHECKING:
    from dlrecipe.training.kernels import Kernels

KernelName = Literal["numpy", "numba"]


@dataclass(frozen=True, slots=True)
class Engine:
    """What decides the last bits, besides machine and versions.

    Attributes:
        threads: Of the matrix products.
        kernels: What makes the elementwise passes.
    """

    threads: int
    kernels: KernelName

    def load_kernels(self) -> Kernels:
        """The kernels themselves.

        Raises:
            RunError: They are Numba's, and Numba is not installed here.
        """
        if self.kernels == "numpy":
            return PLAIN
        if not has_numba():
            raise RunError(
                "This training runs on compiled kernels, and Numba is not installed here: "
                'python -m pip install "dlrecipe[fast]"'
            )
        from dlrecipe.training.compiled import COMPILED  # noqa: PLC0415  # importing Numba takes half a second

        return COMPILED


def has_numba() -> bool:
    """Whether the extra `fast` is installed."""
    return find_spec("numba") is not None
