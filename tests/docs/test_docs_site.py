"""The site as it is built: without a warning, without a request to elsewhere, and complete."""

import json
import re
from html import unescape

import pytest
from typer.main import get_command

import dlrecipe
from dlrecipe.cli.app import app
from dlrecipe.config import json_schema
from dlrecipe.lecture import TOPICS


def text_of(page):
    return unescape(re.sub(r"<[^>]+>", "", page.read_text(encoding="utf-8")))


def test_no_page_asks_another_server(site):
    loads = re.compile(r'<(?:script|img|link|iframe)[^>]+(?:src|href)="((?:https?:)?//[^"]+)"')
    asked = {url for page in site.rglob("*.html") for url in loads.findall(page.read_text(encoding="utf-8"))}
    assert asked == set()
    styles = "".join(style.read_text(encoding="utf-8") for style in site.rglob("*.css"))
    assert re.findall(r"@import|url\(['\"]?https?:", styles) == []


def test_every_command_has_its_section(site):
    page = text_of(site / "reference/commands/index.html")
    for name, command in get_command(app).commands.items():
        paths = [f"{name} {sub}" for sub in getattr(command, "commands", {})] or [name]
        for path in paths:
            assert f"dlrecipe {path}" in page
    assert "Override a key of the config" in page


def test_every_key_of_the_config_has_its_row(site):
    page = text_of(site / "reference/config/index.html")
    schema = json_schema()
    for section in ("data", "network", "training", "recipe", "sweep"):
        for key in schema["$defs"][section.capitalize()]["properties"]:
            assert f"{section}.{key}" in page
    for name, mapping in {"": schema, **schema["$defs"]}.items():
        for key, described in mapping.get("properties", {}).items():
            assert described["description"].replace("`", "") in page, (name, key)


def test_every_public_name_is_described(site):
    page = text_of(site / "reference/python/index.html")
    for name in dlrecipe.__all__:
        assert name.startswith("_") or name in page


def test_every_field_of_a_training_is_described(site):
    page = text_of(site / "reference/json/index.html")
    for field in ("best_epoch", "train_dev", "because", "confidence", "difference", "kept"):
        assert field in page


def plots_of(page):
    return re.findall(r'<figure .*?<svg [^>]*aria-label="([^"]+)"', page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_has_its_plots_in_every_language(site, topic):
    english, korean = (plots_of(site / folder / "lecture" / topic / "index.html") for folder in (".", "ko"))
    assert len(english) == len(korean) > 0
    assert [label.partition(". ")[2] for label in english] == [label.partition(". ")[2] for label in korean]
    assert all(re.search(r"[\uac00-\ud7a3]|lambda|L2", label.partition(". ")[0]) for label in korean)


def test_every_page_says_its_language_and_leads_to_its_twin(site):
    for page in (site / "ko").rglob("index.html"):
        twin = site / page.parent.relative_to(site / "ko") / "index.html"
        for file, language, other in ((page, "ko", "en"), (twin, "en", "ko")):
            text = file.read_text(encoding="utf-8")
            assert f'<html lang="{language}"' in text
            (link,) = re.findall(rf'<a href="([^"]+)" hreflang="{other}" lang="{other}">', text)
            assert (file.parent / link / "index.html").samefile(page if other == "ko" else twin)


def test_the_search_knows_korean(site):
    index = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))
    assert index["config"]["lang"] == ["en", "ko"]
    assert "가중치 감쇠" in {entry["title"] for entry in index["docs"]}
    assert not [entry for entry in index["docs"] if "lambda (log scale" in entry["text"]]
