"""Reports in a real browser: Debian's chromium, at three widths, light and dark."""

import os

import numpy as np
import pytest

import dlrecipe
from dlrecipe.report.html import write_report

WIDTHS = (320, 768, 1280)

pytestmark = pytest.mark.slow
if os.environ.get("DLRECIPE_ORACLES") == "required":
    import axe_playwright_python.sync_playwright as axe
else:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs the extra `browser`")


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """Reports of pictures, of a table with hostile names, of a regression, of two runs, of lost data."""
    folder = tmp_path_factory.mktemp("reports")
    rng = np.random.default_rng(0)
    rows = "".join(
        f'{x:.3f},"{city}",{"<b>yes</b>" if x + y > 0 else "no & never"}\n'
        for x, y, city in zip(
            rng.normal(size=400),
            rng.normal(size=400),
            rng.choice(["<script>alert(1)</script>", "a&b", "Köln"], 400),
            strict=True,
        )
    )
    (folder / "table.csv").write_text("<img src=x onerror=alert(1)>,city,sold\n" + rows)
    sources = {
        "digits": "digits",
        "table": "table.csv, target: sold",
        "diabetes": "diabetes",
        "other": "digits, seed",
    }
    for name, source in sources.items():
        text = f"data: {{source: {source.removesuffix(', seed')}}}\nnetwork: {{layers: [6, 4]}}\n"
        (folder / f"{name}.yaml").write_text(text + "training: {epochs: 12, lambda: 0.1}\n")
        dlrecipe.train(dlrecipe.load_config(folder / f"{name}.yaml"), folder / "runs")
    for name, runs in (("pictures", [1]), ("table", [2]), ("regression", [3]), ("several", [1, 4])):
        write_report(runs, folder / "runs", folder / f"{name}.html")
    (folder / "table.csv").unlink()
    write_report([2], folder / "runs", folder / "lost.html")
    return folder


@pytest.fixture(params=["pictures", "table", "regression", "several", "lost"])
def report(request, reports):
    return reports / f"{request.param}.html"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_is_silent_and_asks_for_nothing(browser, report, scheme):
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on("request", lambda request: asked.append(request.url))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(report.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        ends = "[...document.querySelectorAll('.scroll')].map(e => e.getBoundingClientRect().right)"
        assert max(page.evaluate(ends)) <= width
    assert said == []
    assert {url for url in asked if not url.startswith("data:")} == {report.as_uri()}
    context.close()


def test_the_style_sheet_is_let_in_and_knows_light_from_dark(browser, report):
    paper = {}
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme)
        page = context.new_page()
        page.goto(report.as_uri())
        paper[scheme] = page.evaluate("getComputedStyle(document.body).backgroundColor")
        context.close()
    assert paper == {"light": "rgb(252, 251, 248)", "dark": "rgb(21, 23, 26)"}


def test_a_script_that_got_in_would_not_run(browser, reports):
    """The second wall: even unescaped, a script is stopped by the page's policy."""
    broken = reports / "broken.html"
    text = (reports / "table.html").read_text(encoding="utf-8")
    broken.write_text(text.replace("<main", "<script>document.title = 'ran'</script><main"), encoding="utf-8")
    context = browser.new_context()
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(broken.as_uri())
    assert page.title() != "ran"
    assert "Content Security Policy" in said[0]
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier(browser, report, scheme):
    """Contrast (AA), names, landmarks, headings, tables and keyboard, by Deque's axe-core."""
    context = browser.new_context(color_scheme=scheme, viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.goto(report.as_uri())
    found = axe.Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found] == []
    context.close()


def test_the_keyboard_reaches_the_report_and_its_tables(browser, reports):
    context = browser.new_context(viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.goto((reports / "pictures.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "scroll":
            break
    before = page.evaluate("document.activeElement.scrollLeft")
    page.keyboard.press("ArrowRight")
    for _ in range(100):  # the page's policy forbids what Playwright's own waiting evaluates
        if page.evaluate("document.activeElement.scrollLeft") > 0:
            break
        page.wait_for_timeout(50)
    assert before == 0
    assert page.evaluate("document.activeElement.scrollLeft") > 0
    context.close()
