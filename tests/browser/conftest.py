"""A whole Heard with the demo partnership, served for real, and a real browser to look at it."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import axe_core_python
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests import conftest as common
from tests.journeys import servers
from tests.journeys.conftest import POSTGRES, _usual_kind
from tests.journeys.servers import Home, Web

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    """The demo partnership behind a web server of its own; PostgreSQL when DATABASE_URL says so."""
    folder = tmp_path_factory.mktemp("demo")
    with ExitStack() as stack:
        if _usual_kind() == "postgresql":
            template = stack.enter_context(servers.migrated_postgres(POSTGRES, folder))
            url = stack.enter_context(servers.postgres_database(template, POSTGRES))
        else:
            url = stack.enter_context(servers.sqlite_database(common._migrated_once(), folder))
        home = Home(folder, url)
        home.manage("load_demo")
        web = Web(home)
        stack.enter_context(servers.running(web))
        yield web


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window: HEARD_TEST_CHROMIUM, or Playwright's own."""
    path = os.environ.get("HEARD_TEST_CHROMIUM") or None
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(demo: Web, browser: Browser) -> Iterator[Visit]:
    """Opens a page of the demo: `visit("/tell/", width=360, scripts=False)`."""
    with ExitStack() as stack:

        def opened(path: str, *, width: int = 1280, scripts: bool = True, **more: object) -> Page:
            context = browser.new_context(
                base_url=f"http://127.0.0.1:{demo.port}",
                viewport={"width": width, "height": 740},
                java_script_enabled=scripts,
                reduced_motion="reduce",  # a colour on its way is no colour to measure
                **more,  # type: ignore[arg-type]
            )
            stack.callback(context.close)
            page = context.new_page()
            page.goto(path)
            return page

        yield opened


@pytest.fixture(scope="session")
def signed_in(demo: Web, browser: Browser) -> Callable[[str], object]:
    """The cookies of a demo person, signed in by a one-time link as `up` prints it."""
    kept: dict[str, object] = {}

    def state(name: str) -> object:
        if name not in kept:
            link = demo.home.manage("sign_in_link", f"{name}@harrowmere.example").split()[-1]
            context = browser.new_context(base_url=f"http://127.0.0.1:{demo.port}")
            page = context.new_page()
            page.goto("/sign-in/" + link.split("/sign-in/")[1])
            page.get_by_role("button", name="Sign in").click()
            page.wait_for_url("**/admin/**")
            kept[name] = context.storage_state()
            context.close()
        return kept[name]

    return state


def faults(page: Page) -> list[str]:
    """What axe finds on the page, one line each: rule, and the first place.

    The page's context must have been opened with `bypass_csp=True`: the site's own policy keeps
    axe out.
    """
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [f"{v['id']}: {v['nodes'][0]['html'][:150]}" for v in found["violations"]]


def faults_everywhere(page: Page) -> list[str]:
    """What axe finds on a phone and on a desk, in light and in dark; and what is too wide."""
    found = []
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found += [f"{width} {scheme} {fault}" for fault in faults(page)]
        root = "document.documentElement"
        if page.evaluate(f"{root}.scrollWidth > {root}.clientWidth"):
            found.append(f"{width}: somebody must scroll sideways")
    return found
