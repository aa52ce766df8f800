"""Behind the receipt: the journey, and taking a story back, through the front door."""

import pytest
from django.test import Client

from consultation.models import AgendaItem
from stories.actions.owe_step import settle_owed
from stories.actions.read_story import read_story
from stories.enums import StoryState, Verdict
from stories.models import Story
from tests.consultation.test_decisions import an_item, decided, report
from tests.consultation.test_insights import published
from tests.factories import CALM, URGENT, approved, story_of, tell
from tests.personas import person

pytestmark = pytest.mark.django_db
UNKNOWN = "We do not know that number"


def open_note(client: Client, number: str) -> str:
    return str(client.post("/note/", {"number": number}).content.decode())


def test_a_number_opens_the_journey_and_never_the_words(client: Client) -> None:
    page = open_note(client, tell(CALM).number)
    assert "We got it" in page
    assert "dinner lady" not in page


def test_the_journey_of_a_held_story_looks_like_that_of_any_new_one(client: Client) -> None:
    one, two = open_note(client, tell(URGENT).number), open_note(client, tell(CALM).number)
    for page in (one, two):
        assert "We are taking out names and places" in page
        assert "safety" not in page.split("<main")[1].split("</main>")[0].lower()


def test_the_journey_goes_on_to_the_readers(client: Client) -> None:
    sent = tell("My friend Kezia cried.")
    settle_owed()
    page = open_note(client, sent.number)
    assert "We took out 1 thing" in page
    assert "are reading it" in page


def test_the_journey_reaches_the_decision_and_the_promise(client: Client) -> None:
    sent = tell("I waited for a call.", consents=frozenset({"website"}))
    settle_owed()
    mine = story_of(sent)
    _approve(mine)
    others = [approved(f"I waited {n} days.", consents=frozenset({"website"})) for n in range(3)]
    insight = published([mine, *others])
    item = an_item()
    AgendaItem.objects.filter(pk=item.pk).update(insight=insight)
    commitment = decided(item).commitments.get()
    assert "It is being done" in open_note(client, sent.number)
    report(commitment, status="done", progress="Since May, all call back.")
    page = open_note(client, sent.number)
    for sentence in ("It is part of a message", insight.claim, "The board said yes", "Since May"):
        assert sentence in page


def _approve(story: Story) -> None:
    for name in ("asha", "ben"):
        read_story(story=story, by=person(name), verdict=Verdict.APPROVE)


def test_taking_back_asks_once_and_then_does_it(client: Client) -> None:
    sent = tell(CALM)
    asked = client.post("/note/withdraw/", {"number": sent.number}).content.decode()
    assert "confirm" in asked
    assert story_of(sent).state != StoryState.WITHDRAWN
    client.post("/note/withdraw/", {"number": sent.number, "confirm": "yes"})
    assert Story.objects.get().state == StoryState.WITHDRAWN


def test_a_story_taken_back_answers_like_a_number_that_never_was(client: Client) -> None:
    sent = tell(CALM)
    client.post("/note/withdraw/", {"number": sent.number, "confirm": "yes"})
    gone, never = open_note(client, sent.number), open_note(client, "1234 5678 9012 3456")
    assert UNKNOWN in gone
    assert gone.replace(sent.number, "") == never.replace("1234 5678 9012 3456", "")


@pytest.mark.parametrize("number", ["", "12", "hello", "1" * 400, "<script>"])
def test_what_is_no_number_is_told_and_stays_on_the_page(client: Client, number: str) -> None:
    response = client.post("/note/", {"number": number})
    assert response.status_code == 422
    assert "<script>" not in response.content.decode().split("<main")[1]


def test_the_number_is_never_in_an_address_and_leaves_no_cookie(client: Client) -> None:
    sent = tell(CALM)
    assert client.get("/note/", {"number": sent.number}).status_code == 200
    assert "We got it" not in client.get("/note/", {"number": sent.number}).content.decode()
    open_note(client, sent.number)
    assert not client.cookies
