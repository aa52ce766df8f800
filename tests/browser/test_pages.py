"""Every public page and every desk of ours: axe finds nothing, nothing is wider than a phone."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.conftest import Visit, faults_everywhere
from tests.journeys.servers import Web

pytestmark = pytest.mark.browser
PUBLIC = [
    "/",
    "/stories/",
    "/stories/?about=harm&by=child&calm=1",
    "/themes/",
    "/themes/domestic_abuse/",
    "/learned/",
    "/learned/told-then-nothing/",
    "/priorities/",
    "/priorities/1/",
    "/changed/",
    "/conference/",
    "/conference/2026/",
    "/conference/2026/decisions/1/",
    "/help/",
    "/safe/",
    "/tell/",
    "/note/",
    "/no-such-page/",
]
DESKS = [
    ("asha", "/admin/"),
    ("asha", "/admin/reading/"),
    ("asha", "/admin/reading/next/"),
    ("asha", "/admin/codebook/"),
    ("asha", "/admin/local-names/"),
    ("carol", "/admin/"),
    ("carol", "/admin/safety/"),
    ("dev", "/admin/insights/"),
    ("dev", "/admin/insights/new/"),
    ("dev", "/admin/insights/1/review/"),
    ("faye", "/admin/decisions/"),
    ("faye", "/admin/decisions/5/"),
    ("faye", "/admin/promises/"),
    ("faye", "/admin/promises/1/"),
    ("faye", "/admin/priorities/"),
    ("faye", "/admin/conferences/"),
]


@pytest.mark.parametrize("path", PUBLIC)
def test_axe_finds_nothing_on_a_public_page(visit: Visit, path: str) -> None:
    assert not faults_everywhere(visit(path, bypass_csp=True))


@pytest.mark.parametrize(("name", "path"), DESKS)
def test_axe_finds_nothing_on_a_desk(
    visit: Visit, signed_in: Callable[[str], Any], name: str, path: str
) -> None:
    page = visit(path, bypass_csp=True, storage_state=signed_in(name))
    assert page.locator("h1").count() >= 1
    assert not faults_everywhere(page)


def test_axe_finds_nothing_on_a_concern(visit: Visit, signed_in: Callable[[str], Any]) -> None:
    page = visit("/admin/safety/", bypass_csp=True, storage_state=signed_in("carol"))
    page.locator("main h2 a, main h3 a, main a.button, main th a").first.click()
    page.wait_for_url(re.compile(r"/admin/safety/[0-9a-f-]{36}/"))
    assert not faults_everywhere(page)


def test_no_page_asks_another_site_for_anything_or_sets_a_cookie(demo: Web, visit: Visit) -> None:
    page = visit("/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for path in PUBLIC[:-1]:
        page.goto(path)
    assert not [url for url in asked if f"127.0.0.1:{demo.port}" not in url]
    assert not page.context.cookies()
    assert not said
