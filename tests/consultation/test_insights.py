from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from consultation.actions.draft_insight import (
    AlreadyPublished,
    InsightDraft,
    InsightRefused,
    QuoteDraft,
    QuoteNotInStory,
    QuoteOutsideEvidence,
    QuoteWithoutConsent,
    StoryNotApproved,
    draft_insight,
)
from consultation.actions.publish_insight import SamePerson, TooLittleEvidence, publish_insight
from consultation.actions.withdraw_insight import withdraw_insight
from consultation.enums import InsightState, QuoteSide
from consultation.models import Insight
from stories.actions.withdraw_story import withdraw_story
from stories.models import Story
from stories.permissions import NotAllowed
from tests.factories import approved, told
from tests.personas import person

pytestmark = pytest.mark.django_db
YES = frozenset({"website"})
Drafted = Callable[..., Insight]


def some_stories(count: int = 3) -> list[Story]:
    return [approved(f"I waited {n} weeks for a call.", consents=YES) for n in range(count)]


def a_draft(stories: list[Story], **more: Any) -> InsightDraft:
    fields: dict[str, Any] = {
        "claim": "Children are left to wait.",
        "summary": "Nobody calls back.",
        "themes": [],
        "stories": stories,
        "quotes": [QuoteDraft(s, s.text) for s in stories[:2]],
    }
    return InsightDraft(**(fields | more))


def drafted(stories: list[Story] | None = None, **more: Any) -> Insight:
    draft = a_draft(some_stories() if stories is None else stories, **more)
    return draft_insight(by=person("dev"), draft=draft)


def published(stories: list[Story] | None = None, **more: Any) -> Insight:
    insight = drafted(stories, **more)
    publish_insight(insight=insight, by=person("efua"))
    insight.refresh_from_db()
    return insight


def test_one_person_drafts_and_another_publishes() -> None:
    insight = published()
    assert insight.is_public
    assert insight.published_by != insight.drafted_by


def test_nobody_publishes_alone() -> None:
    insight = drafted()
    with pytest.raises(SamePerson):
        publish_insight(insight=insight, by=person("dev"))
    insight.refresh_from_db()
    assert not insight.is_public


def test_nobody_publishes_what_they_wrote_last() -> None:
    insight = drafted()
    stories = list(insight.stories.all())
    draft_insight(by=person("efua"), draft=a_draft(stories), insight=insight)
    with pytest.raises(SamePerson):
        publish_insight(insight=insight, by=person("efua"))


def test_not_even_the_database_lets_one_person_do_both() -> None:
    insight = drafted()
    with pytest.raises(IntegrityError), transaction.atomic():
        Insight.objects.filter(pk=insight.pk).update(published_by=insight.drafted_by)


@pytest.mark.parametrize("name", ["asha", "carol", "faye", "hana", "ivo", "mallory", "sam"])
def test_only_insight_authors_draft_and_publish(name: str) -> None:
    insight = drafted()
    with pytest.raises(NotAllowed):
        publish_insight(insight=insight, by=person(name))
    with pytest.raises(NotAllowed):
        draft_insight(by=person(name), draft=a_draft([]))


def test_a_story_that_is_not_approved_is_no_evidence() -> None:
    with pytest.raises(StoryNotApproved):
        drafted([told()], quotes=[])


def test_a_quote_without_consent_is_refused() -> None:
    story = approved("I waited.", consents=frozenset({"board"}))
    with pytest.raises(QuoteWithoutConsent):
        drafted([story])
    assert not Insight.objects.exists()


@pytest.mark.parametrize("words", ["I waited 0 days for a call.", "", "   "])
def test_a_quote_is_the_storys_own_words(words: str) -> None:
    stories = some_stories()
    with pytest.raises(QuoteNotInStory):
        drafted(stories, quotes=[QuoteDraft(stories[0], words)])


def test_a_quote_that_agrees_comes_from_a_counted_story() -> None:
    other = approved("Another story.", consents=YES)
    with pytest.raises(QuoteOutsideEvidence):
        drafted(some_stories(), quotes=[QuoteDraft(other, other.text)])


def test_a_quote_that_differs_may_come_from_any_approved_story() -> None:
    other = approved("They called the same day.", consents=YES)
    differs = QuoteDraft(other, other.text, QuoteSide.DIFFERS)
    assert drafted(some_stories(), quotes=[differs]).quotes.get().side == QuoteSide.DIFFERS


def test_two_stories_are_too_few() -> None:
    insight = drafted(some_stories(2))
    with pytest.raises(TooLittleEvidence):
        publish_insight(insight=insight, by=person("efua"))


def test_consent_is_asked_again_on_the_day_of_publishing() -> None:
    insight = drafted()
    insight.quotes.all()[0].story.consents.update(given=False)
    with pytest.raises(QuoteWithoutConsent):
        publish_insight(insight=insight, by=person("efua"))


def test_what_is_public_is_not_changed_under_its_readers() -> None:
    insight = published()
    with pytest.raises(AlreadyPublished):
        draft_insight(by=person("dev"), draft=a_draft([]), insight=insight)


def test_an_author_withdraws_a_message() -> None:
    insight = published()
    withdraw_insight(insight=insight, by=person("dev"))
    insight.refresh_from_db()
    assert insight.state == InsightState.WITHDRAWN


def test_a_story_taken_back_leaves_quotes_and_counts() -> None:
    stories = some_stories(5)
    insight = published(stories)
    withdraw_story(story=stories[4])
    insight.refresh_from_db()
    assert insight.is_public
    assert insight.stories.count() == 4


def test_a_message_that_loses_its_evidence_leaves_the_public_pages() -> None:
    stories = some_stories(3)
    insight = published(stories)
    withdraw_story(story=stories[0])
    insight.refresh_from_db()
    assert insight.state == InsightState.WITHDRAWN
    assert insight.quotes.count() == 1


def test_a_quote_whose_consent_ends_is_not_shown() -> None:
    insight = published()
    assert insight.quotes.shown(for_use="website").count() == 2
    insight.quotes.all()[0].story.consents.update(given=False)
    assert insight.quotes.shown(for_use="website").count() == 1


def test_a_small_count_is_hidden() -> None:
    assert drafted().counts()["all"].is_hidden


def test_two_messages_with_one_claim_have_two_addresses() -> None:
    assert drafted().slug != drafted().slug


def test_every_refusal_has_a_plain_sentence() -> None:
    for refusal in InsightRefused.__subclasses__():
        assert str(refusal()).endswith(".")
