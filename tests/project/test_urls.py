"""Every address × every kind of person, as a table that is checked in: tests/project/urls.tsv.

A cell is the status of a GET. A new address without a row fails, and so does one that answers
somebody differently. To accept a change, read it in the diff after:
    HEARD_WRITE_URL_TABLE=1 python3 manage.py test tests/project/test_urls.py -p no:randomly -n 0
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from cms.base_page.models import BasePage
from cms.demo.load import HARROWMERE
from cms.site import build_site
from consultation.models import Consultation, Priority
from stories.models import LocalName
from tests.consultation.test_decisions import an_item, decided
from tests.consultation.test_insights import drafted
from tests.factories import URGENT, theme, told
from tests.personas import person

TABLE = Path(__file__).parent / "urls.tsv"
PEOPLE = ("nobody", "mallory", "asha", "carol", "dev", "faye", "gil", "hana", "ivo", "sam")
OURS = re.compile(r"admin/(reading|safety|insights|decisions|promises)/")
MAY_SEE = {
    "reading": {"asha"},
    "safety": {"carol"},
    "insights": {"dev"},
    "decisions": {"faye", "gil"},
    "promises": {"faye", "gil"},
}


def routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """Every route of the site, in the order in which it is tried."""
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from routes(pattern, route)


# Wagtail serves the pages from one route; these are the pages that build_site makes.
NAMES = ("stories", "themes", "learned", "priorities", "changed", "conference", "help", "safe")
PAGES = ["/", *(f"/{name}/" for name in NAMES)]
ROUTES = [*dict.fromkeys(routes(get_resolver())), *PAGES]


def table() -> dict[str, list[str]]:
    """route → the statuses of PEOPLE, as checked in."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()[1:] if TABLE.exists() else []
    return {line.split("\t")[0]: line.split("\t")[1:] for line in lines}


@pytest.fixture
def things(db: None) -> dict[str, Any]:
    """One of everything that an address may name, by the first part of the address."""
    build_site(HARROWMERE)
    item = an_item()
    decision = decided(item)
    priority = Priority.objects.create(cycle="2027", number=1, title="a", child_title="a")
    consultation = Consultation.objects.create(
        title="a", question="a", opens_on="2026-01-01", closes_on="2026-02-01", cycle="2027"
    )
    return {
        "reading": told().pk,
        "safety": told(URGENT).concerns.get().pk,
        "insights": drafted().pk,
        "decisions": item.pk,
        "promises": decision.commitments.get().pk,
        "codebook": theme().pk,
        "local-names": LocalName.objects.create(kind="school", name="a").pk,
        "priorities": priority.pk,
        "consultations": consultation.pk,
        "conferences": item.conference.pk,
        "users": person("hana").pk,
        "pages": BasePage.objects.order_by("-depth")[0].pk,
    }


def address(route: str, things: dict[str, Any]) -> str:
    """An address that the route matches, about a thing that is there where it can be."""
    if route in PAGES:
        return route
    part = route.split("/")[1] if "/" in route else ""
    named = str(things.get(part, 1))
    plain = re.sub(r"<(int|uuid):\w+>", named, route)
    plain = re.sub(r"<[^<>]*>", "x", plain.replace("<str:pk>", "1"))
    return "/" + re.sub(r"\^.*$|\(.*$|\\Z|\$", "", plain)


def statuses(name: str, things: dict[str, Any]) -> dict[str, str]:
    """What every address answers this person."""
    client = Client(raise_request_exception=False)
    if name != "nobody":
        client.force_login(person(name))
    signed_in = {key: morsel.value for key, morsel in client.cookies.items()}
    seen = {}
    for route in ROUTES:
        client.cookies.load(signed_in)  # one of the addresses signs out
        seen[route] = str(client.get(address(route, things)).status_code)
    return seen


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert set(table()) == set(ROUTES)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", PEOPLE)
def test_every_address_answers_as_the_table_says(name: str, things: dict[str, Any]) -> None:
    seen = statuses(name, things)
    broken = {route for route, status in seen.items() if status.startswith("5")}
    assert broken <= {"admin/failwhale/"}  # Wagtail's own page to look at an error with
    if os.environ.get("HEARD_WRITE_URL_TABLE"):
        _write(name, seen)
    column = PEOPLE.index(name)
    assert seen == {route: cells[column] for route, cells in table().items()}


def test_our_desks_are_not_there_for_anybody_else() -> None:
    for route, cells in table().items():
        if found := OURS.match(route):
            seen = dict(zip(PEOPLE, cells, strict=True))
            assert seen.pop("nobody") == "302", route
            others = {n: s for n, s in seen.items() if n not in MAY_SEE[found[1]]}
            # Who may not enter Wagtail's admin at all is sent to its door.
            assert others.pop("mallory") in {"302", "404"}, route
            assert set(others.values()) <= {"404", "405"}, route


def _write(name: str, seen: dict[str, str]) -> None:
    rows = table()
    lines = ["\t".join(["route", *PEOPLE])]
    for route in ROUTES:
        cells = rows.get(route, ["?"] * len(PEOPLE))
        cells[PEOPLE.index(name)] = seen[route]
        lines.append("\t".join([route, *cells]))
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
