"""The public names of the package: mkdocstrings takes the rest from their docstrings."""

from __future__ import annotations

import dlrecipe

INTRODUCTION = """# Python

Everything the commands do is one import away. Results are frozen objects whose `to_dict()` is the
command's JSON.

```python
import dlrecipe

config = dlrecipe.load_config("configs/digits.yaml", overrides={"training.lambda": 0.3})
run = dlrecipe.train(config)
print(run.result.diagnosis.verdict, run.result.dev.error)
```

"""


def page() -> str:
    """Return the page."""
    public = (getattr(dlrecipe, name) for name in sorted(dlrecipe.__all__) if not name.startswith("_"))
    homes = [f"{thing.__module__}.{thing.__qualname__}" for thing in public]
    functions = [home for home in homes if not home.rsplit(".", 1)[1][0].isupper()]
    classes = [home for home in homes if home not in functions]
    return INTRODUCTION + "\n".join(f"::: {home}\n" for home in [*functions, *classes])
