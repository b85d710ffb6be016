"""The site of the docs in a real browser: the lecture's pages in both languages, and the search."""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

pytestmark = pytest.mark.slow

WIDTHS = (360, 768, 1280)
PAGES = ("lecture", "lecture/linear-paths", "ko", "ko/lecture", "ko/lecture/large-lambda")


class Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def address(site):
    """The site on the loopback device, as the search needs a server."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_fits_loads_and_shows_its_plots(browser, address, scheme):
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    missing = []
    page.on("response", lambda response: missing.append(response.url) if response.status >= 400 else None)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for path in PAGES:
            page.goto(f"{address}/{path}/")
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            ink = "[...document.querySelectorAll('.plots text')].map(e => getComputedStyle(e).fill)"
            paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
            assert paper not in page.evaluate(ink)
    assert missing == []
    context.close()


@pytest.mark.parametrize(
    ("typed", "found"),
    [("가중치 감쇠", "가중치 감쇠"), ("드롭", "드롭아웃과 L2"), ("weight decay", "Weight decay")],
)
def test_the_search_finds_a_topic_by_its_name(browser, address, typed, found):
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(f"{address}/ko/")
    page.click("input.md-search__input")
    page.keyboard.type(typed)
    page.keyboard.press("End")
    page.wait_for_selector(f".md-search-result__link h1:has-text('{found}')")
    context.close()
