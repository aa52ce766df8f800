"""The core journey through the front doors: told, read, learned, decided, done, and taken back.

Every step is a page that somebody opens and a form that stands in it. Only what a partnership
sets up once is made by hand: the pages, the codebook, a priority, and the day of the conference.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from cms.demo.load import HARROWMERE
from cms.site import build_site
from consultation.models import AgendaItem, Conference, Insight, Priority
from stories.actions.load_codebook import load_codebook
from stories.actions.owe_step import settle_owed
from stories.models import Theme
from tests.journeys.forms import Fields, address_of, fields_on, filled
from tests.journeys.teller import Post, number_on

pytestmark = pytest.mark.django_db
Signed = Callable[[str], Client]
THEME = "listening_trust"
CLAIM = "Nobody asked us before the club was closed."
HEADLINE = "We will ask before we close anything."
DONE = "The club is open again twice a week."
MOST_PAGES = 150
PUBLIC = re.compile(r'href="(/(?!admin/|static/|media/|sign-in/)[^"#?]*)')

# Each has a name that must come out, and a sentence of its own to quote.
TOLD = [
    ("My friend Kezia cried.", "The door was locked.", "child"),
    ("I went there with Tomasz.", "They put up a paper and that was all.", "young_person"),
    ("My daughter Amara loved it.", "I only heard it from another mother.", "parent_carer"),
    ("Ask Mrs Okonkwo about it.", "It was the one warm room we had.", "child"),
]
POSTS = [
    Post(
        story=f"{name} The club was closed and nobody asked us. {quote}",
        voice=voice,
        wish="Ask us first.",
        consents=("board", "website"),
    )
    for name, quote, voice in TOLD
]
QUOTES = [quote for _, quote, _ in TOLD]
NAMES = ("Kezia", "Tomasz", "Amara", "Okonkwo")


class Visitor:
    """A browser with one page open."""

    def __init__(self, client: Client, address: str) -> None:
        self.client = client
        self.open(address)

    def open(self, address: str) -> str:
        """Goes to an address, and on to wherever it leads."""
        return self._see(self.client.get(address, follow=True))

    def press(self, action: str, *answers: tuple[str, str]) -> str:
        """Fills in the form that goes to `action`, and sends it."""
        fields = filled(self.page, list(answers), action=action)
        address = address_of(self.page, action)
        return self._see(self.client.post(address, _as_data(fields), follow=True))

    def _see(self, response: Any) -> str:
        assert response.status_code == 200
        self.page = str(response.content.decode())
        return self.page


def _as_data(fields: Fields) -> dict[str, list[str]]:
    data: dict[str, list[str]] = {}
    for name, value in fields:
        data.setdefault(name, []).append(value)
    return data


@pytest.fixture
def item() -> AgendaItem:
    """What a partnership sets up: pages, codebook, a priority, and a day with one question."""
    load_codebook()
    build_site(HARROWMERE)
    priority = Priority.objects.create(
        cycle="2027 to 2030",
        number=1,
        title="Places to go",
        child_title="Somewhere to go",
        description="A warm place near every home.",
    )
    day = Conference.objects.create(slug="2026", title="The day", held_on=date(2026, 10, 14))
    question = "Shall we ask before we close a club?"
    return AgendaItem.objects.create(conference=day, question=question, priority=priority)


def tell(post: Post) -> str:
    """Walks the three parts of the form; gives the number."""
    teller = Visitor(Client(), "/tell/")
    for part in (1, 2):
        teller.press("/tell/", *post.answers(part), ("go", "next"))
    return number_on(teller.press("/tell/", *post.answers(3), ("go", "send")))


def journey(number: str) -> str:
    """What the teller sees behind the number."""
    return Visitor(Client(), "/note/").press("/note/", ("number", number))


def read_everything(reader: Client) -> int:
    """Reads until nothing waits, saying yes to the theme and to the story. Gives how many."""
    desk = Visitor(reader, "/admin/reading/")
    for read in range(len(POSTS) + 1):
        desk.open("/admin/reading/next/")
        if "Nothing waits for you" in desk.page:
            return read
        assert not [name for name in NAMES if name in desk.page]
        # Suggested by the computer or not: the reader finds it is about this.
        field = f"theme-{THEME}" if f'name="theme-{THEME}"' in desk.page else "add-1"
        answer = "yes" if field != "add-1" else THEME
        desk.press("/admin/reading/", (field, answer), ("decision", "approve"), ("act", "save"))
    raise AssertionError("The desk never came to its end.")


def draft(author: Client) -> str:
    """Finds the stories by their theme, counts and quotes each, and saves the draft."""
    desk = Visitor(author, "/admin/insights/new/")
    desk.press("/insights/new/", ("themes", theme_box(desk.page)), ("act", "find"))
    stories = [name for name, _ in fields_on(desk.page, "/insights/new/") if "-quote" in name]
    assert len(stories) == len(POSTS)
    return desk.press(
        "/insights/new/",
        *((name, quote_of(desk.page, name)) for name in stories),
        *((name.replace("-quote", "-counts"), "on") for name in stories),
        ("claim", CLAIM),
        ("summary", "The club was closed. They would have told why it mattered."),
        ("priorities", str(Priority.objects.get().pk)),
        ("act", "save"),
    )


def theme_box(page: str) -> str:
    """The value of the theme's box, found by what stands beside it."""
    value = str(Theme.objects.get(slug=THEME).pk)
    assert f'name="themes" value="{value}"' in page
    return value


def quote_of(page: str, field: str) -> str:
    """The sentence to quote from the story beside this box."""
    story = page[: page.index(f'name="{field}"')].rpartition("<article")[2]
    return next(quote for quote in QUOTES if quote in story)


def seen(address: str) -> str:
    """A public page as a stranger sees it."""
    response = Client().get(address, follow=True)
    assert response.status_code == 200, address
    page: str = response.content.decode()
    return page


def public_pages() -> dict[str, str]:
    """Every page that a stranger reaches by following links from the first one."""
    pages, found = dict[str, str](), ["/"]
    while found and len(pages) < MOST_PAGES:
        address = found.pop()
        if address not in pages:
            pages[address] = seen(address)
            found += PUBLIC.findall(pages[address])
    assert len(pages) < MOST_PAGES, "The walk over the public pages never came to its end."
    return pages


def with_words(pages: dict[str, str], words: str) -> set[str]:
    return {address for address, page in pages.items() if words in page}


def test_a_story_changes_something_and_can_be_taken_back(
    client_of: Signed, item: AgendaItem
) -> None:
    # Told.
    numbers = [tell(post) for post in POSTS]
    assert "We are taking out names" in journey(numbers[0])
    settle_owed()
    assert "Two people from the community are reading it" in journey(numbers[0])

    # Read by two people, and seen by nobody else before both are done.
    assert read_everything(client_of("asha")) == len(POSTS)
    assert not [words for words in QUOTES for page in ("/", "/stories/") if words in seen(page)]
    assert read_everything(client_of("ben")) == len(POSTS)
    assert "We look for what many stories say" in journey(numbers[0])

    # Learned: one person writes the message, another publishes it.
    assert "Another person must publish this." in draft(client_of("dev"))
    insight = Insight.objects.get()
    message = f"/learned/{insight.slug}/"
    assert Client().get(message).status_code == 404
    review = Visitor(client_of("efua"), f"/admin/insights/{insight.pk}/review/")
    assert "Anybody can read it now" in review.press(f"/insights/{insight.pk}/publish/")
    assert "It is part of a message" in journey(numbers[0])

    # Decided, with a promise; and done.
    AgendaItem.objects.filter(pk=item.pk).update(insight=insight)
    decide(client_of("faye"), item)
    assert "The board said yes" in journey(numbers[0])
    assert "It is being done" in journey(numbers[0])
    report(client_of("gil"))
    assert "It was done" in journey(numbers[0])
    pages = public_pages()
    assert {message, "/changed/", "/stories/"} <= with_words(pages, QUOTES[0])
    decision = f"/conference/2026/decisions/{item.pk}/"
    assert {decision, "/conference/2026/", "/priorities/1/"} <= with_words(pages, HEADLINE)
    assert {decision, "/changed/", "/priorities/1/"} <= with_words(pages, DONE)
    assert not [name for name in NAMES if with_words(pages, name)]

    # Taken back: the words go, the message stands on the others.
    take_back(numbers[0])
    pages = public_pages()
    assert with_words(pages, QUOTES[0]) == set()
    assert {message, "/changed/"} <= with_words(pages, CLAIM)
    assert_forgotten_by_staff(numbers[0], QUOTES[0], client_of)
    assert "It was done" in journey(numbers[1])

    # A second one: what is left does not carry the message any more, and it goes too.
    take_back(numbers[1])
    pages = public_pages()
    assert Client().get(message).status_code == 404
    assert with_words(pages, QUOTES[1]) | with_words(pages, CLAIM) == set()
    assert "/changed/" in with_words(pages, DONE)
    assert_forgotten_by_staff(numbers[1], QUOTES[1], client_of)


def decide(chair: Client, item: AgendaItem) -> None:
    """The chair writes down a yes with one promise."""
    desk = Visitor(chair, f"/admin/decisions/{item.pk}/")
    said = desk.press(
        f"/decisions/{item.pk}/",
        ("answer", "yes"),
        ("headline", HEADLINE),
        ("reason", "It was not fair."),
        ("promise-0-what", "Open the club again"),
        ("promise-0-owner", "Head of Youth"),
        ("promise-0-due_on", "2027-04-30"),
    )
    assert "The decision is written down" in said


def report(member: Client) -> None:
    """A board member says that the promise is kept."""
    desk = Visitor(member, "/admin/promises/")
    link = re.search(r'href="(/admin/promises/\d+/)"', desk.page)
    assert link
    desk.open(link[1])
    done = ("progress", DONE)
    desk.press(link[1], ("status", "done"), done, ("better", "Forty come."))


def take_back(number: str) -> None:
    """The teller takes the story back, being asked once."""
    teller = Visitor(Client(), "/note/")
    teller.press("/note/", ("number", number))
    assert "Take it back?" in teller.press("/note/withdraw/")
    assert "It is taken back" in teller.press("/note/withdraw/", ("confirm", "yes"))


def assert_forgotten_by_staff(number: str, quote: str, client_of: Signed) -> None:
    """Staff see these words no more either, and the number leads nowhere."""
    insight = Insight.objects.get()
    review = Visitor(client_of("efua"), f"/admin/insights/{insight.pk}/review/")
    assert quote not in review.page
    unknown = Client().post("/note/", {"number": number})
    assert unknown.status_code == 422
    assert "We do not know that number" in unknown.content.decode()
