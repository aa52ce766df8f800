"""Telling a story in a real browser: with and without scripts, and leaving at once."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, faults

pytestmark = pytest.mark.browser
WORDS = "My friend Kezia saved me a seat every day."


def fill_in(page: Page) -> None:
    """The first two parts, as somebody does who wants to get on."""
    page.get_by_label("What happened?").fill(WORDS)
    page.get_by_label("Child", exact=True).check()
    page.get_by_role("button", name="Next").click()
    page.get_by_label("What should change?").fill("More seats.")
    page.get_by_role("button", name="Next").click()


def number_on(page: Page) -> str:
    found = re.search(r"(\d{4}\s+){3}\d{4}", page.locator("main").inner_text())
    assert found
    return found[0]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scripts", [True, False])
def test_a_story_is_told_and_found_again(visit: Visit, width: int, scripts: bool) -> None:
    page = visit("/tell/", width=width, scripts=scripts)
    fill_in(page)
    expect(page.locator("main")).to_contain_text("[a friend]")
    page.get_by_role("button", name="Send").click()
    number = number_on(page)
    page.goto("/note/")
    page.get_by_label("Your number").fill(number)
    page.get_by_role("button").last.click()
    expect(page.locator("main")).to_contain_text("We got it")
    expect(page.locator("main")).not_to_contain_text("Kezia")


def test_every_part_and_its_mistakes_pass_axe(visit: Visit) -> None:
    page = visit("/tell/", width=360, bypass_csp=True)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("alert")).to_contain_text("nothing in the box yet")
    assert not faults(page)
    fill_in(page)
    assert not faults(page)
    page.get_by_role("button", name="Send").click()
    assert not faults(page)


def test_a_story_is_told_by_keyboard_alone(visit: Visit) -> None:
    page = visit("/tell/")
    page.get_by_label("What happened?").focus()
    page.keyboard.type(WORDS)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("What should change?")).to_be_visible()


def away(page: Page) -> None:
    """A stand-in for the weather page, so that the test stays on this machine."""
    page.route("https://**/*", lambda route: route.fulfill(body="<h1>Weather</h1>"))


@pytest.mark.parametrize("how", ["click", "shift"])
def test_leaving_fast_leaves_nothing_behind(visit: Visit, how: str) -> None:
    page = visit("/help/")
    away(page)
    page.goto("/tell/")
    page.get_by_label("What happened?").fill(WORDS)
    if how == "click":
        page.get_by_role("link", name="Leave fast").click()
    else:
        for _ in range(3):
            page.keyboard.press("Shift")
    expect(page.get_by_role("heading", name="Weather")).to_be_visible()
    page.go_back()
    assert "Kezia" not in page.content()
    assert not page.url.endswith("/tell/")


def test_leaving_works_without_scripts_and_back_shows_an_empty_box(visit: Visit) -> None:
    page = visit("/tell/", scripts=False)
    away(page)
    page.get_by_label("What happened?").fill(WORDS)
    page.get_by_role("link", name="Leave fast").click()
    expect(page.get_by_role("heading", name="Weather")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("What happened?")).to_have_value("")
