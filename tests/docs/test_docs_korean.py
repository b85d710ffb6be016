"""Every Korean page is the twin of an English one, whose commands are run: they stand here as they are."""

import re

import pytest
from docs_pages import DOCS, KOREAN, LECTURE, ROOT, blocks

HANGUL = re.compile(r"[\uac00-\ud7a3]")
PAGES = {"index.md": (DOCS / "index.md").read_text, **LECTURE}
README, README_KO = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.ko.md"))
FIRST_SCREEN = 25


def korean(path):
    page = KOREAN / path
    assert page.exists(), f"docs/{path} has no translation docs/ko/{path}"
    return page.read_text(encoding="utf-8")


def without_code(text):
    return re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)


def headings(text):
    return [len(marks) for marks in re.findall(r"^(#+) ", without_code(text), re.MULTILINE)]


def code(text):
    """Everything that a reader could copy and run, with the output that is shown."""
    return [(block.language, block.title, block.status, block.body) for block in blocks(text)]


def commands(text):
    return re.findall(r"`(dlrecipe [^`]+)`", without_code(text))


def test_every_page_of_the_lecture_has_its_twin_and_no_twin_is_left_over():
    translated = {page.relative_to(KOREAN).as_posix() for page in KOREAN.rglob("*.md")}
    assert translated == set(PAGES)


@pytest.mark.parametrize("path", PAGES)
def test_a_twin_has_the_same_commands_and_headings(path):
    ours, theirs = korean(path), PAGES[path]()
    assert code(ours) == code(theirs)
    assert commands(ours) == commands(theirs)
    assert headings(ours) == headings(theirs)
    assert ("<!-- plots" in ours) == ("<!-- plots" in theirs)
    assert ("<!-- topics -->" in ours) == ("<!-- topics -->" in theirs)


@pytest.mark.parametrize("path", PAGES)
def test_a_twin_is_korean(path):
    paragraphs = [
        part for part in without_code(korean(path)).split("\n\n") if not part.startswith("# dlrecipe")
    ]
    assert [part for part in paragraphs if part.strip() and not HANGUL.search(part)] in (
        [],
        ["<!-- topics -->\n"],
    )


def test_every_command_of_the_korean_readme_is_one_of_the_readme():
    assert set(commands(README_KO)) <= set(commands(README))
    assert set(code(README_KO)) <= set(code(README))


def test_the_first_screens_have_the_same_commands_and_lead_to_each_other():
    first, first_ko = ("\n".join(text.splitlines()[:FIRST_SCREEN]) for text in (README, README_KO))
    assert code(first_ko) == code(first)
    assert len(code(first)) == 2
    assert "](README.ko.md)" in first
    assert "](README.md)" in first_ko


def test_the_links_of_the_korean_readme_lead_somewhere():
    for target in re.findall(r"\]\(([^)#]+)\)", README_KO):
        assert (ROOT / target).exists(), target
