"""The safety queue, through the front door: who gets in, and when the words as they came open."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stories.actions.decide_concern import take_concern
from stories.actions.raise_concern import raise_concern
from stories.enums import ConcernLevel, ConcernState, StoryState
from stories.models import Concern, Opening, Story
from tests.factories import URGENT, tell, told
from tests.personas import person

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]
STRANGERS = ("asha", "dev", "faye", "gil", "hana", "ivo", "sam")
QUEUE = "/admin/safety/"
REASON = "I must know the name of the street."
NOTE = "Told the front door at ten. They visit today."
NAMED = "My name is Daniel Whitlock. " + URGENT


def urgent(words: str = URGENT, **more: Any) -> Concern:
    return told(words, **more).concerns.get()


def address(concern: Concern, view: str = "concern") -> str:
    return reverse(f"safety:{view}", args=[concern.pk])


def text(answer: Any) -> str:
    content: str = answer.content.decode()
    return content


def taken(words: str = URGENT, *, by: str = "carol") -> Concern:
    concern = urgent(words)
    assert take_concern(concern=concern, by=person(by))
    concern.refresh_from_db()
    return concern


# Who comes in


@pytest.mark.parametrize("name", STRANGERS)
def test_nobody_but_the_safeguarding_lead_finds_the_queue(client_of: ClientOf, name: str) -> None:
    concern, client = urgent(NAMED), client_of(name)
    assert client.get(QUEUE).status_code == 404
    assert client.get(address(concern)).status_code == 404
    for view, said in [
        ("take", {}),
        ("words", {"reason": REASON}),
        ("decide", {"decision": "release", "note": NOTE}),
    ]:
        answer = client.post(address(concern, view), said)
        assert answer.status_code == 404
        assert "Whitlock" not in text(answer)
    concern.refresh_from_db()
    assert concern.state == ConcernState.OPEN
    assert not Opening.objects.exists()


def test_mallory_and_visitors_are_sent_to_sign_in(client_of: ClientOf, client: Client) -> None:
    for visitor in (client, client_of("mallory")):
        assert "login" in visitor.get(QUEUE)["Location"]
        assert "login" in visitor.post(address(urgent(), "words"), {"reason": REASON})["Location"]
    assert not Opening.objects.exists()


@pytest.mark.parametrize(("name", "is_shown"), [("carol", True), ("asha", False), ("sam", False)])
def test_the_menu_shows_the_queue_to_the_lead_only(
    client_of: ClientOf, name: str, is_shown: bool
) -> None:
    home = text(client_of(name).get(reverse("wagtailadmin_home")))
    assert (QUEUE in home) is is_shown


# The queue


def test_the_first_line_says_how_many_need_the_lead_now(client_of: ClientOf) -> None:
    client = client_of("carol")
    assert "Nobody waits for you." in text(client.get(QUEUE))
    concern = urgent()
    assert "1 needs you now" in text(client.get(QUEUE))
    assert "1 needs you now" in text(client.get(reverse("wagtailadmin_home")))
    urgent("He hits us now and I am scared to go home tonight. Help us.")
    assert "2 need you now" in text(client.get(QUEUE))
    client.post(address(concern, "take"))
    assert "1 needs you now" in text(client.get(QUEUE))


def test_the_queue_says_why_and_how_long_but_no_word_of_the_story(client_of: ClientOf) -> None:
    concern = urgent(NAMED)
    Concern.objects.update(raised_at=timezone.now() - timedelta(minutes=12))
    page = text(client_of("carol").get(QUEUE))
    assert "Not picked up for 12\xa0minutes" in page
    assert str(concern.evidence[0]["reason"]) in page
    assert "hits me" not in page
    assert "Whitlock" not in page


def test_a_readers_worry_says_so(client_of: ClientOf) -> None:
    raise_concern(story=told(), by=person("asha"))
    page = text(client_of("carol").get(QUEUE))
    assert "A reader is worried about this child." in page
    assert "1 needs you now" in page


def test_a_check_that_broke_says_so(client_of: ClientOf) -> None:
    Concern.objects.filter(pk=urgent().pk).update(evidence=[])
    assert "The danger check broke" in text(client_of("carol").get(QUEUE))


def test_urgent_comes_before_worry(client_of: ClientOf) -> None:
    worry = Concern.objects.create(story=told(), level=ConcernLevel.WORRY, source="check")
    page = text(client_of("carol").get(QUEUE))
    assert "needs you now" not in page
    pressing = urgent()
    page = text(client_of("carol").get(QUEUE))
    assert page.index(str(pressing.pk)[:6]) < page.index(str(worry.pk)[:6])


def test_the_queue_costs_the_same_however_many_wait(
    client_of: ClientOf, django_assert_max_num_queries: Any
) -> None:
    client = client_of("carol")
    taken()
    client.get(QUEUE)
    with django_assert_max_num_queries(20) as few:
        client.get(QUEUE)
    for number in range(6):
        urgent(f"{URGENT} This is number {number}.")
    with django_assert_max_num_queries(len(few)):
        client.get(QUEUE)


# Taking one


def test_carol_takes_one_and_the_queue_says_with_whom(client_of: ClientOf) -> None:
    concern, client = urgent(), client_of("carol")
    client.post(address(concern, "take"))
    concern.refresh_from_db()
    assert (concern.state, concern.taken_by) == (ConcernState.TAKEN, person("carol"))
    assert "Carol" in text(client.get(QUEUE))


def test_who_is_slower_learns_who_has_it(client_of: ClientOf) -> None:
    concern, client = taken(), client_of("carol")
    answer = client.post(address(concern, "take"), follow=True)
    assert "Somebody was quicker: Carol has this one." in text(answer)


def test_taking_needs_a_post(client_of: ClientOf) -> None:
    assert client_of("carol").get(address(urgent(), "take")).status_code == 405


# Opening the words


def test_the_words_open_with_a_reason_in_that_answer_only(client_of: ClientOf) -> None:
    concern, client = urgent(NAMED), client_of("carol")
    assert "Whitlock" not in text(client.get(address(concern)))
    answer = client.post(address(concern, "words"), {"reason": REASON})
    assert "Whitlock" in text(answer)
    assert "no-store" in answer["Cache-Control"]
    assert "Whitlock" not in text(client.get(address(concern)))


def test_each_opening_is_logged_with_name_and_reason(client_of: ClientOf) -> None:
    concern, client = urgent(NAMED), client_of("carol")
    page = text(client.post(address(concern, "words"), {"reason": REASON}))
    opening = Opening.objects.get()
    assert (opening.story, opening.opened_by) == (concern.story, person("carol"))
    assert opening.reason == REASON
    assert f"Carol: {REASON}" in page


@pytest.mark.parametrize("reason", ["", "   ", "because"])
def test_without_a_reason_the_words_stay_shut(client_of: ClientOf, reason: str) -> None:
    concern = urgent(NAMED)
    answer = client_of("carol").post(address(concern, "words"), {"reason": reason})
    assert "Whitlock" not in text(answer)
    assert answer.context["open_form"].errors
    assert answer.context["open_form"]["reason"].value() == reason
    assert not Opening.objects.exists()


def test_the_words_that_raised_the_alarm_are_marked(client_of: ClientOf) -> None:
    concern = urgent()
    answer = client_of("carol").post(address(concern, "words"), {"reason": REASON})
    first = concern.evidence[0]
    words = f"{URGENT}\n\n"[first["start"] : first["end"]]
    assert any(
        piece.text in words and piece.says
        for paragraph in answer.context["words"]
        for piece in paragraph
    )
    assert '<mark class="danger"' in text(answer)


def test_words_that_were_destroyed_stay_shut_and_the_try_is_logged(client_of: ClientOf) -> None:
    concern = urgent(NAMED)
    concern.story.submission.destroy()
    answer = client_of("carol").post(address(concern, "words"), {"reason": REASON})
    assert answer.status_code == 200
    assert "destroyed or changed" in text(answer)
    assert Opening.objects.count() == 1


def test_words_can_open_before_names_are_taken_out(client_of: ClientOf) -> None:
    tell(NAMED)
    concern, client = Concern.objects.get(), client_of("carol")
    assert "Names are being taken out now." in text(client.get(address(concern)))
    assert "Whitlock" in text(client.post(address(concern, "words"), {"reason": REASON}))


# Deciding


def test_releasing_sends_the_story_to_the_readers(client_of: ClientOf) -> None:
    concern, client = taken(), client_of("carol")
    client.post(address(concern, "decide"), {"decision": "release", "note": NOTE})
    concern.refresh_from_db()
    assert (concern.state, concern.note) == (ConcernState.RELEASED, NOTE)
    assert concern.story.state == StoryState.READING
    assert NOTE in text(client.get(address(concern)))


def test_keeping_makes_the_story_private(client_of: ClientOf) -> None:
    concern = taken()
    client_of("carol").post(address(concern, "decide"), {"decision": "keep", "note": NOTE})
    assert Story.objects.get(pk=concern.story_id).state == StoryState.PRIVATE


def test_nobody_decides_what_they_have_not_taken(client_of: ClientOf) -> None:
    concern = urgent()
    answer = client_of("carol").post(
        address(concern, "decide"), {"decision": "release", "note": NOTE}
    )
    assert "First say “I have this one”" in text(answer)
    assert answer.context["decide_form"]["note"].value() == NOTE
    concern.refresh_from_db()
    assert concern.state == ConcernState.OPEN


@pytest.mark.parametrize(
    "said", [{}, {"decision": "release"}, {"note": NOTE}, {"decision": "burn", "note": NOTE}]
)
def test_a_decision_says_what_and_why(client_of: ClientOf, said: dict[str, str]) -> None:
    concern = taken()
    answer = client_of("carol").post(address(concern, "decide"), said)
    assert answer.context["decide_form"].errors
    assert answer.context["decide_form"]["note"].value() == said.get("note")
    concern.refresh_from_db()
    assert concern.state == ConcernState.TAKEN


def test_what_is_decided_is_not_decided_again(client_of: ClientOf) -> None:
    concern, client = taken(), client_of("carol")
    client.post(address(concern, "decide"), {"decision": "keep", "note": NOTE})
    answer = client.post(address(concern, "decide"), {"decision": "release", "note": "Again."})
    assert "decided meanwhile" in text(answer)
    concern.refresh_from_db()
    assert (concern.state, concern.note) == (ConcernState.KEPT, NOTE)
