"""The lecture's pages in English, from the texts of the topics; what they measured is filled in later."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from dlrecipe.lecture import TOPICS

if TYPE_CHECKING:
    from collections.abc import Callable

    from dlrecipe.lecture.topic import Topic

INDEX = """# The lecture as experiments

dlrecipe follows Andrew Ng's week "Practical aspects of Deep Learning" (*Improving Deep Neural Networks*,
week 1). Each claim of the lecture is an experiment: `dlrecipe lecture` lists them, and
`dlrecipe lecture TOPIC` measures one on your own machine and shows claim, figures and plots; with `--open` as
a page in the browser. All figures and plots of these pages were measured while the pages were built, from the
seed that the command starts from.

<!-- topics -->
"""

PAGE = """# {title}

**{claim}**

## What the lecture says

{lecture}

## What is measured

{experiment}

```console
$ dlrecipe lecture {name}
```

<!-- plots -->

## See it on your own data

{yours}

```console
{commands}
```
"""


def pages() -> dict[str, Callable[[], str]]:
    """Return every page by its path in docs/, as a function that writes it."""
    topics = {f"lecture/{name}.md": partial(_page, topic) for name, topic in TOPICS.items()}
    return {"lecture/index.md": lambda: INDEX, **topics}


def _page(topic: Topic) -> str:
    commands = [f"dlrecipe lecture {topic.name} --files .", *topic.commands]
    return PAGE.format(
        title=re.sub(r"\bl(?=\d)", "L", topic.name.replace("-", " ").capitalize()),
        name=topic.name,
        claim=topic.claim,
        lecture=topic.lecture,
        experiment=topic.experiment,
        yours=topic.yours,
        commands="\n".join(f"$ {command}" for command in commands),
    )
