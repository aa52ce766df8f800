"""The journey of one story, in sentences for its teller: received, read, used, decided, changed."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultation.enums import CommitmentStatus, DecisionAnswer, InsightState
from consultation.models import Commitment, Decision, Insight
from stories.enums import REASONS_FOR, Reason, StoryState, ThemeState, Verdict
from stories.models import Story

_PAST, _NOW, _NEXT = "past", "now", "next"


@dataclass(frozen=True, slots=True)
class JourneyStep:
    """One step: `state` is past, now or next; `url` may lead to the page that shows it."""

    state: str
    heading: str
    text: str = ""
    url: str = ""
    link_text: str = ""


def journey_of(story: Story) -> list[JourneyStep]:
    """The steps so far, the one that is now, and the one that comes next. A few queries."""
    steps = [JourneyStep(_PAST, _("We got it"), story.when), *_reading(story)]
    if story.state == StoryState.APPROVED:
        steps += _after_reading(story)
    return steps


def _reading(story: Story) -> Iterator[JourneyStep]:
    if story.state in {StoryState.RECEIVED, StoryState.HELD}:
        # The same words for both: a number that somebody else finds must not tell that a story
        # is with the safety team.
        yield JourneyStep(_NOW, _("We are taking out names and places"), _("This comes first."))
        yield JourneyStep(_NEXT, _("Two people read it"))
        return
    if taken := story.redactions.count():
        text = ngettext(
            "We took out %d thing that could point to you.",
            "We took out %d things that could point to you.",
            taken,
        )
        yield JourneyStep(_PAST, _("We looked for names and places"), text % taken)
    if story.state == StoryState.READING:
        yield JourneyStep(_NOW, _("Two people from the community are reading it"))
        yield JourneyStep(_NEXT, _("They say what it is about"))
    elif story.state in {StoryState.RETURNED, StoryState.PRIVATE}:
        yield _closed(story)
    else:
        about = ", ".join(
            story.theme_items.filter(state=ThemeState.ACCEPTED).values_list(
                "tag__child_label", flat=True
            )
        )
        text = _("They said it was about: %s.") % about if about else ""
        yield JourneyStep(_PAST, _("Two people read it"), text)


def _closed(story: Story) -> JourneyStep:
    verdict = Verdict.RETURN if story.state == StoryState.RETURNED else Verdict.PRIVATE
    reading = story.readings.filter(verdict=verdict, reason__in=REASONS_FOR[verdict]).first()
    why = str(Reason(reading.reason).label) + "." if reading else ""
    if verdict == Verdict.RETURN:
        again = _("You can tell us again in another way, if you want.")
        return JourneyStep(_NOW, _("We could not use it like this"), f"{why} {again}".strip())
    kept = _("We count it, but no one else sees the words.")
    return JourneyStep(_NOW, _("We keep it private"), f"{why} {kept}".strip())


def _after_reading(story: Story) -> Iterator[JourneyStep]:
    insights = list(story.insights.filter(state=InsightState.PUBLISHED))
    if not insights:
        yield JourneyStep(_NEXT, _("We look for what many stories say"))
        return
    for insight in insights:
        yield JourneyStep(
            _PAST,
            _("It is part of a message"),
            insight.claim,
            _message_url(insight),
            _("Read the message"),
        )
    decisions = list(_decisions_on(insights))
    for decision in decisions:
        yield from _decided(decision)
    if not decisions:
        yield JourneyStep(_NEXT, _("The board answers it at the conference"))


def _decisions_on(insights: list[Insight]) -> Iterator[Decision]:
    return iter(
        Decision.objects.filter(item__insight__in=insights)
        .select_related("item__conference")
        .prefetch_related("commitments")
        .order_by("decided_on", "pk")
    )


def _decided(decision: Decision) -> Iterator[JourneyStep]:
    said = {
        DecisionAnswer.YES: _("The board said yes"),
        DecisionAnswer.PARTLY: _("The board said yes to a part"),
        DecisionAnswer.NO: _("The board said no, and why"),
    }[DecisionAnswer(decision.answer)]
    text = decision.reason if decision.answer == DecisionAnswer.NO else decision.headline
    conference = decision.item.conference
    url = f"/conference/{conference.slug}/decisions/{decision.item.pk}/"
    yield JourneyStep(_PAST, said, text, url, _("See the decision"))
    for commitment in decision.commitments.all():
        yield _promised(commitment)


def _promised(commitment: Commitment) -> JourneyStep:
    if commitment.status == CommitmentStatus.DONE:
        return JourneyStep(_PAST, _("It was done"), commitment.progress or commitment.what)
    if commitment.status == CommitmentStatus.NOT_DOING:
        return JourneyStep(_PAST, _("We did not, because"), commitment.reason)
    return JourneyStep(_NOW, _("It is being done"), commitment.progress or commitment.what)


def _message_url(insight: Insight) -> str:
    return f"/learned/{insight.slug}/"
