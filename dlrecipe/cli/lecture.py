"""`dlrecipe lecture`."""

from pathlib import Path
from typing import Annotated

import typer

from dlrecipe.cli.answer import answer
from dlrecipe.cli.completion import lecture_topics
from dlrecipe.cli.options import Json, Lang
from dlrecipe.cli.status import Status
from dlrecipe.errors import UsageError
from dlrecipe.language import told

Topic = Annotated[
    str | None,
    typer.Argument(
        metavar="TOPIC",
        help="The topic to run; all of them are listed if left out.",
        show_default=False,
        autocompletion=lecture_topics,
    ),
]


def lecture(
    topic: Topic = None,
    *,
    seed: Annotated[
        int, typer.Option(min=0, metavar="N", help="Where the experiment's randomness starts.")
    ] = 0,
    open_page: Annotated[
        bool, typer.Option("--open", help="Show claim, figures and plots as a page in the browser.")
    ] = False,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write that page to this file.", show_default=False)
    ] = None,
    files: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Lay the topic's configs and data into this folder.", show_default=False
        ),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Run every topic, which takes a minute or two.")
    ] = False,
    _lang: Lang = None,
    as_json: Json = False,
) -> int:
    """Run a claim of the lecture as an experiment, or list them.

    Example: dlrecipe lecture weight-decay --open
    """
    from dlrecipe import lecture as room
    from dlrecipe import report

    if topic is None or every:
        if topic or open_page or html or files:
            raise UsageError(
                "--open, --html and --files need one topic, as in: dlrecipe lecture dev-size --open"
                if topic is None
                else f"Give either a topic or --all, not both: {topic} and --all."
            )
        return _run_all(seed, as_json=as_json) if every else _list(as_json=as_json)
    chosen = room.find_topic(topic)
    if files:
        answer(room.copy_files(chosen.files, files), report.show_handout, as_json=as_json)
        return Status.DONE
    found = chosen.demonstrate(seed, report.track(chosen.name))
    if html or open_page:
        page = report.write_lecture_page(found, html)
        typer.echo(f"{told('Page')}: {page}", err=True)
        if open_page:
            typer.launch(page.absolute().as_uri())
    answer(found, report.show_demonstration, as_json=as_json)
    return Status.DONE if found.holds else Status.NO


def _list(*, as_json: bool) -> Status:
    from dlrecipe import lecture, report

    answer(lecture.syllabus(), report.show_syllabus, as_json=as_json)
    return Status.DONE


def _run_all(seed: int, *, as_json: bool) -> Status:
    from dlrecipe import report
    from dlrecipe.lecture import TOPICS
    from dlrecipe.results import Course

    course = Course(tuple(topic.demonstrate(seed, report.track(topic.name)) for topic in TOPICS.values()))
    answer(course, report.show_course, as_json=as_json)
    return Status.DONE if course.holds else Status.NO
