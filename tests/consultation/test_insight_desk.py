"""The desk on which stories become messages: one person drafts, another publishes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consultation.actions.draft_insight import InsightDraft, QuoteDraft, draft_insight
from consultation.actions.publish_insight import publish_insight
from consultation.enums import InsightState, QuoteSide
from consultation.models import Insight, Priority
from stories.actions.withdraw_story import withdraw_story
from stories.enums import ConsentUse, Voice
from stories.models import Story
from tests.factories import approved, theme, told
from tests.personas import person

pytestmark = pytest.mark.django_db

ClientOf = Callable[[str], Client]
STRANGERS = ("asha", "carol", "faye", "gil", "hana", "ivo", "sam")
LIST, NEW = "/admin/insights/", "/admin/insights/new/"
WORDS = "We waited a year for somebody to ring us back."
AGREED = frozenset({ConsentUse.WEBSITE})


def story(number: int = 0, *, consents: frozenset[str] = AGREED, **more: Any) -> Story:
    return approved(f"{WORDS} Number {number}.", themes=("waiting",), consents=consents, **more)


def draft(*, by: str = "dev", stories: int = 3, quotes: int = 2) -> Insight:
    found = [story(number) for number in range(stories)]
    return draft_insight(
        by=person(by),
        draft=InsightDraft(
            claim="We wait too long.",
            summary="Families ask once. Then nobody rings.",
            themes=[theme("waiting")],
            stories=found,
            quotes=[QuoteDraft(s, WORDS) for s in found[:quotes]],
        ),
    )


def address(insight: Insight, view: str = "review") -> str:
    return reverse(f"insights:{view}", args=[insight.pk])


def written(*counted: Story, **more: Any) -> dict[str, Any]:
    return {
        "act": "save",
        "themes": [theme("waiting").pk],
        "claim": "We wait too long.",
        "summary": "Families ask once. Then nobody rings.",
        "missing": "Fathers",
        **{f"{s.pk}-counts": "on" for s in counted},
        **more,
    }


def text(answer: Any) -> str:
    content: str = answer.content.decode()
    return content


# Who comes in


@pytest.mark.parametrize("name", STRANGERS)
def test_nobody_but_an_insight_author_finds_the_desk(client_of: ClientOf, name: str) -> None:
    insight, client = draft(), client_of(name)
    for url in (LIST, NEW, address(insight), address(insight, "draft")):
        assert client.get(url).status_code == 404
    assert client.post(NEW, written()).status_code == 404
    assert client.post(address(insight, "publish")).status_code == 404
    assert client.post(address(insight, "withdraw")).status_code == 404
    insight.refresh_from_db()
    assert insight.state == InsightState.DRAFT


def test_visitors_are_sent_to_sign_in(client: Client) -> None:
    assert "login" in client.get(LIST)["Location"]


@pytest.mark.parametrize(("name", "is_shown"), [("dev", True), ("asha", False), ("sam", False)])
def test_the_menu_shows_the_desk_to_authors_only(
    client_of: ClientOf, name: str, is_shown: bool
) -> None:
    assert (LIST in text(client_of(name).get(reverse("wagtailadmin_home")))) is is_shown


# The list


def test_the_list_says_what_waits_for_whom(client_of: ClientOf) -> None:
    draft()
    assert "You may publish it" in text(client_of("efua").get(LIST))
    assert "Waits for another person" in text(client_of("dev").get(LIST))
    home = reverse("wagtailadmin_home")
    assert "1 message waits for a second person" in text(client_of("efua").get(home))
    assert "No message waits for you" in text(client_of("dev").get(home))


def test_the_list_costs_the_same_however_long_it_is(
    client_of: ClientOf, django_assert_max_num_queries: Any
) -> None:
    client = client_of("dev")
    draft()
    client.get(LIST)
    with django_assert_max_num_queries(12) as few:
        client.get(LIST)
    for number in range(4):
        Insight.objects.create(slug=f"m{number}", claim="m", summary="m", drafted_by=person("efua"))
    with django_assert_max_num_queries(len(few)):
        client.get(LIST)


# Finding stories


def test_choosing_a_theme_shows_the_approved_stories_about_it(client_of: ClientOf) -> None:
    found, other, unread = story(), approved("About a bus."), told("Not read yet.")
    answer = client_of("dev").post(NEW, {"act": "find", "themes": [theme("waiting").pk]})
    assert WORDS in text(answer)
    assert str(found.pk) in text(answer)
    assert str(other.pk) not in text(answer)
    assert str(unread.pk) not in text(answer)


def test_looking_for_stories_keeps_what_was_written(client_of: ClientOf) -> None:
    counted = story()
    said = written(counted, act="find", summary="", voice=Voice.PRACTITIONER)
    answer = client_of("dev").post(NEW, said)
    assert answer.context["form"]["claim"].value() == "We wait too long."
    assert not answer.context["form"].errors
    assert [form.story for form in answer.context["evidence"]] == [counted]
    assert not Insight.objects.exists()


def test_stories_can_be_narrowed_by_who_told_them(client_of: ClientOf) -> None:
    story(1, voice=Voice.PARENT_CARER)
    child = story(2, voice=Voice.CHILD)
    said = {"act": "find", "themes": [theme("waiting").pk], "voice": Voice.CHILD}
    answer = client_of("dev").post(NEW, said)
    assert [form.story for form in answer.context["evidence"]] == [child]


def test_the_page_costs_the_same_however_many_stories_match(
    client_of: ClientOf, django_assert_max_num_queries: Any
) -> None:
    client, said = client_of("dev"), {"act": "find", "themes": [theme("waiting").pk]}
    story(1)
    client.post(NEW, said)
    with django_assert_max_num_queries(20) as few:
        client.post(NEW, said)
    for number in range(2, 6):
        story(number)
    with django_assert_max_num_queries(len(few)):
        client.post(NEW, said)


# Drafting


def test_dev_drafts_a_message_from_stories_and_their_words(client_of: ClientOf) -> None:
    first, second = story(1), story(2)
    plan = Priority.objects.create(
        cycle="2027", number=1, title="Ring", child_title="Ring", description="Ring"
    )
    said = written(first, second, priorities=[plan.pk])
    said |= {f"{first.pk}-quote": WORDS, f"{second.pk}-quote": WORDS}
    said |= {f"{second.pk}-side": QuoteSide.DIFFERS}
    answer = client_of("dev").post(NEW, said, follow=True)
    insight = Insight.objects.get()
    assert answer.redirect_chain[-1][0] == address(insight)
    assert insight.drafted_by == person("dev")
    assert set(insight.stories.all()) == {first, second}
    assert set(insight.quotes.values_list("story", "side")) == {
        (first.pk, QuoteSide.SUPPORTS),
        (second.pk, QuoteSide.DIFFERS),
    }
    assert list(insight.priorities.all()) == [plan]


def test_a_draft_is_changed_in_place(client_of: ClientOf) -> None:
    insight = draft()
    keep, *_others = insight.stories.order_by("pk")
    client = client_of("dev")
    page = client.get(address(insight, "draft"))
    assert page.context["form"]["claim"].value() == "We wait too long."
    assert sum(form["counts"].value() for form in page.context["evidence"]) == 3
    client.post(address(insight, "draft"), written(keep, claim="We wait."))
    insight.refresh_from_db()
    assert insight.claim == "We wait."
    assert list(insight.stories.all()) == [keep]
    assert not insight.quotes.exists()


def test_words_of_a_teller_who_said_no_can_not_be_quoted(client_of: ClientOf) -> None:
    silent = story(consents=frozenset({ConsentUse.BOARD}))
    said = written(silent, **{f"{silent.pk}-quote": WORDS})
    answer = client_of("dev").post(NEW, said | {"act": "find"})
    assert "The teller did not agree to the website." in text(answer)
    client_of("dev").post(NEW, said)
    assert not Insight.objects.get().quotes.exists()


def test_a_quote_is_the_storys_own_words(client_of: ClientOf) -> None:
    told_by = story()
    said = written(told_by, **{f"{told_by.pk}-quote": "We waited two years."})
    answer = client_of("dev").post(NEW, said)
    assert "does not stand in its story like this" in text(answer)
    assert "We waited two years." in text(answer)
    assert not Insight.objects.exists()


def test_a_quote_that_says_the_same_comes_from_a_story_that_counts(client_of: ClientOf) -> None:
    told_by = story()
    answer = client_of("dev").post(NEW, written(**{f"{told_by.pk}-quote": WORDS}))
    assert "comes from a story that is not counted" in text(answer)
    assert not Insight.objects.exists()


@pytest.mark.parametrize("missing", ["claim", "summary", "themes"])
def test_what_is_missing_is_named_and_the_rest_is_kept(client_of: ClientOf, missing: str) -> None:
    counted = story()
    said = {name: value for name, value in written(counted).items() if name != missing}
    answer = client_of("dev").post(NEW, said)
    assert 'role="alert"' in text(answer)
    assert answer.context["evidence"][0]["counts"].value() is True
    assert not Insight.objects.exists()


def test_a_story_that_is_not_approved_can_not_be_smuggled_in(client_of: ClientOf) -> None:
    unread = told()
    client_of("dev").post(NEW, written(unread, **{"rubbish-counts": "on"}))
    assert not Insight.objects.get().stories.exists()


def test_what_is_published_is_not_changed(client_of: ClientOf) -> None:
    insight = draft()
    publish_insight(insight=insight, by=person("efua"))
    answer = client_of("dev").post(address(insight, "draft"), written(claim="x"), follow=True)
    assert "Withdraw it before you change it." in text(answer)
    insight.refresh_from_db()
    assert insight.claim == "We wait too long."


# Reviewing and publishing


def test_the_review_shows_protected_numbers_consents_and_the_author(client_of: ClientOf) -> None:
    page = text(client_of("efua").get(address(draft())))
    assert "Fewer than 10" in page
    assert "The teller said yes to: This website." in " ".join(page.split())
    assert "Drafted by Dev." in page


def test_another_person_publishes(client_of: ClientOf) -> None:
    insight = draft()
    client_of("efua").post(address(insight, "publish"))
    insight.refresh_from_db()
    assert (insight.state, insight.published_by) == (InsightState.PUBLISHED, person("efua"))


def test_the_author_is_told_that_another_person_must_publish(client_of: ClientOf) -> None:
    insight, client = draft(), client_of("dev")
    page = text(client.get(address(insight)))
    assert "Another person must publish this." in page
    assert address(insight, "publish") not in page
    answer = client.post(address(insight, "publish"), follow=True)
    assert "Another person must publish this." in text(answer)
    insight.refresh_from_db()
    assert insight.state == InsightState.DRAFT


def test_too_little_evidence_is_refused_and_said(client_of: ClientOf) -> None:
    insight = draft(stories=2)
    answer = client_of("efua").post(address(insight, "publish"), follow=True)
    assert "at least 3 stories" in text(answer)
    insight.refresh_from_db()
    assert insight.state == InsightState.DRAFT


def test_a_quote_whose_teller_has_said_no_since_is_refused(client_of: ClientOf) -> None:
    insight = draft()
    quote = insight.quotes.first()
    assert quote is not None
    quote.story.consents.update(given=False)
    client = client_of("efua")
    assert "The teller has said no to every use." in text(client.get(address(insight)))
    answer = client.post(address(insight, "publish"), follow=True)
    assert "its teller did not agree to the website" in text(answer)


def test_a_message_is_withdrawn(client_of: ClientOf) -> None:
    insight = draft()
    publish_insight(insight=insight, by=person("efua"))
    answer = client_of("dev").post(address(insight, "withdraw"), follow=True)
    assert "It is off the public pages." in text(answer)
    insight.refresh_from_db()
    assert insight.state == InsightState.WITHDRAWN


def test_only_what_is_published_can_be_withdrawn(client_of: ClientOf) -> None:
    assert client_of("dev").post(address(draft(), "withdraw")).status_code == 404


def test_a_story_that_was_taken_back_is_gone_from_the_desk(client_of: ClientOf) -> None:
    insight = draft()
    gone = insight.stories.first()
    assert gone is not None
    withdraw_story(story=gone)
    page = client_of("dev").get(address(insight, "draft"))
    assert str(gone.pk) not in text(page)
