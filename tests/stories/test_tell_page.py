"""The telling form through the front door, as a phone without JavaScript sends it."""

import html
import re
from typing import Any

import pytest
from django.test import Client

from stories.models import Receipt, Story
from tests.factories import URGENT

pytestmark = pytest.mark.django_db
WORDS = "The lunch lady saved me a seat."


def key_on(page: str) -> str:
    found = re.search(r'name="form_key"[^>]*value="([^"]+)"', page)
    assert found
    return html.unescape(found[1])


def post(client: Client, go: str = "next", part: int = 1, **answers: Any) -> Any:
    fields = {"voice": "child", "story": WORDS, "form_key": "k" * 22} | answers
    return client.post("/tell/", {"go": go, "part": part, **fields})


def number_on(page: str) -> str:
    found = re.findall(r">\s*(\d{4})\s*<", page)
    assert len(found) == 4
    return "".join(found)


def test_the_promise_stands_before_the_box(client: Client) -> None:
    page = client.get("/tell/").content.decode()
    assert page.index("cannot send help from here") < page.index("<textarea")
    assert "0800 1111" in page
    assert "999" in page


def test_three_parts_lead_to_a_number(client: Client) -> None:
    key = key_on(client.get("/tell/").content.decode())
    second = post(client, form_key=key)
    assert "Part 2 of 3" in second.content.decode()
    third = post(client, part=2, form_key=key, wish="Ask us.")
    assert "Part 3 of 3" in third.content.decode()
    sent = post(client, "send", 3, form_key=key, wish="Ask us.", consents=["board", "website"])
    story = Receipt.objects.story_of(number_on(sent.content.decode()))
    assert story is not None
    assert story.submission.open().story == WORDS
    assert story.submission.open().wish == "Ask us."
    assert {c.use for c in story.consents.all()} == {"board", "website"}


def test_no_cookie_is_set_on_the_way(client: Client) -> None:
    client.get("/tell/")
    post(client)
    post(client, "send", 3)
    assert not client.cookies


def test_no_part_may_be_kept_by_a_browser_or_a_cache(client: Client) -> None:
    for response in (client.get("/tell/"), post(client), post(client, "send", 3)):
        assert "no-store" in response["Cache-Control"]


def test_back_keeps_everything(client: Client) -> None:
    page = post(client, "back", 2, wish="Ask us.").content.decode()
    assert "Part 1 of 3" in page
    assert WORDS in page
    assert "Ask us." in page


@pytest.mark.parametrize("story", ["", "   \n ", "\u200b\u200b", "!!! ???"])
def test_an_empty_box_is_told_kindly_and_nothing_is_stored(client: Client, story: str) -> None:
    response = post(client, story=story, wish="Ask us.")
    page = response.content.decode()
    assert response.status_code == 422
    assert "There is nothing in the box yet" in page
    assert 'role="alert"' in page
    assert "Ask us." in page
    assert not Story.objects.exists()


def test_a_story_that_is_too_long_stays_on_the_page(client: Client) -> None:
    long = "word " * 4_100
    page = post(client, "send", 3, story=long).content.decode()
    assert "longer than we can take" in page
    assert page.count("word word") > 1000
    assert not Story.objects.exists()


def test_sending_a_broken_last_part_stores_nothing(client: Client) -> None:
    assert post(client, "send", 3, consents=["everything"]).status_code == 422
    assert not Story.objects.exists()


def test_sending_again_makes_no_second_story(client: Client) -> None:
    first, second = (post(client, "send", 3).content.decode() for _ in range(2))
    assert number_on(first) == number_on(second)
    assert Story.objects.count() == 1


def test_help_stands_first_for_a_story_that_sounds_urgent(client: Client) -> None:
    page = post(client, "send", 3, story=URGENT).content.decode()
    assert page.index("999") < page.index("Your number")


def test_the_check_page_shows_the_words_as_others_would(client: Client) -> None:
    page = post(client, part=2, story="My friend Kezia cried.").content.decode()
    assert "[a friend]" in page
    assert "Kezia" not in re.sub(r"<(textarea|input)[^>]*hidden.*?>", "", page)


def test_markup_in_a_story_is_shown_as_text(client: Client) -> None:
    page = post(client, part=2, story="<script>alert(1)</script> {{ 7 }}").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("story", ["a\x00b", "caf\ud800e", "x" * 20_000, "\u202eevil", "é" * 500])
def test_odd_letters_are_stored_or_told_but_never_break(client: Client, story: str) -> None:
    answer = post(client, "send", 3, story=story.encode("utf-8", "replace").decode())
    assert answer.status_code in {200, 422}


@pytest.mark.parametrize("part", ["0", "4", "x", "", "-1", "1e9"])
def test_a_part_that_does_not_exist_is_the_first(client: Client, part: str) -> None:
    answer = client.post("/tell/", {"part": part, "go": "send", "story": WORDS, "voice": "child"})
    assert answer.status_code == 200
    assert not Story.objects.exists()


def test_nobody_has_to_say_who_is_telling(client: Client) -> None:
    number = number_on(post(client, "send", 3, voice="").content.decode())
    story = Receipt.objects.story_of(number)
    assert story is not None
    assert story.voice == ""
    assert story.teller == "Somebody"


def test_an_unknown_voice_is_told(client: Client) -> None:
    assert post(client, voice="wizard").status_code == 422


def test_other_methods_are_refused(client: Client) -> None:
    assert client.put("/tell/").status_code == 405
    assert client.delete("/tell/").status_code == 405
