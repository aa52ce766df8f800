"""Somebody who tells a story over real HTTP with a browser without JavaScript."""

import http.client
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlencode

from bs4 import BeautifulSoup

from tests.journeys.forms import Fields, fields_on, filled
from tests.journeys.servers import HOST

AGENT = "Sentinel-Browser/7.7 (Zeppelin; teller)"
ADDRESS = "203.0.113.77"  # of a range that is for documents only


class NoNumber(Exception):
    """The page is not the one that shows a number."""


class Unanswered(Exception):
    """No answer came in time, however often it was tried."""


@dataclass
class Post:
    """One form as one teller fills it in, and what came of it."""

    story: str
    voice: str = "child"
    wish: str = ""
    age_band: str = ""
    consents: tuple[str, ...] = ()
    gives_up: bool = False  # at the first send that fails, instead of trying again
    form_key: str = ""
    shown: set[str] = field(default_factory=set)
    failures: int = 0
    is_over: bool = False

    def answers(self, part: int) -> Fields:
        """What is typed and ticked in one part."""
        if part == 1:
            return [("voice", self.voice), ("story", self.story)]
        if part == 2:
            return [("wish", self.wish), ("age_band", self.age_band)]
        return [("consents", use) for use in self.consents]


class Teller:
    """Walks the form as it stands in the pages, and tries again when no answer comes."""

    def __init__(self, port: int, patience: float = 60.0) -> None:
        self.port, self.patience = port, patience

    def tell(self, post: Post) -> None:
        """All three parts. What was shown is in `post.shown` after; nothing when it gave up."""
        fields = self.walk(post)
        page = fields and self._until_answered(post, partial(self.send, fields))
        if page:
            post.shown.add(number_on(page))
        post.is_over = True

    def walk(self, post: Post) -> Fields | None:
        """The fields of the last part, filled in and ready to send."""
        page = self._until_answered(post, self.get)
        for part in (1, 2):
            if page is None:
                return None
            post.form_key = post.form_key or dict(fields_on(page))["form_key"]
            fields = filled(page, [*post.answers(part), ("go", "next")])
            page = self._until_answered(post, partial(self.send, fields))
        return None if page is None else filled(page, [*post.answers(3), ("go", "send")])

    def _until_answered(self, post: Post, ask: Callable[[], str]) -> str | None:
        until = time.monotonic() + self.patience
        while time.monotonic() < until:
            try:
                return ask()
            except (OSError, http.client.HTTPException):
                post.failures += 1
                if post.gives_up:
                    return None
                time.sleep(0.1)
        raise Unanswered

    def get(self, path: str = "/tell/") -> str:
        """A page."""
        return self._request("GET", path, None)

    def send(self, fields: Fields, path: str = "/tell/") -> str:
        """The page that answers a form. Any error of the server is an error of the test."""
        return self._request("POST", path, urlencode(fields))

    def _request(self, method: str, path: str, body: str | None) -> str:
        headers = {"User-Agent": AGENT, "X-Forwarded-For": ADDRESS}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection(HOST, self.port, timeout=30)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read().decode()
            assert response.status == 200, (response.status, path)
            return text
        finally:
            connection.close()


def number_on(page: str) -> str:
    """The sixteen digits on the last page. Raises NoNumber for any other page."""
    groups = re.findall(r">\s*(\d{4})\s*<", page)
    if len(groups) != 4:
        raise NoNumber(BeautifulSoup(page, "html.parser").get_text(" ", strip=True)[:500])
    return "".join(groups)
