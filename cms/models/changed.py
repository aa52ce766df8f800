"""You said, we did, we did not because: every promise, also the broken ones."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from consultation.enums import CommitmentStatus, QuoteSide
from consultation.models import Commitment, Insight, Quote
from stories.enums import ConsentUse
from stories.models import Theme

from .figures import Fact
from .menu import Link
from .public import Context, PublicPage

LATE = "late"


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment beside what people said."""

    commitment: Commitment
    said: str
    said_url: str
    asked: str
    quote: Quote | None
    mark: str
    decision_url: str

    @property
    def is_late(self) -> bool:
        """Whether it should have been done by now."""
        return self.commitment.is_late()

    @property
    def is_kept(self) -> bool:
        """Whether it is done."""
        return self.commitment.status == CommitmentStatus.DONE

    @property
    def is_refused(self) -> bool:
        """Whether it will not be done."""
        return self.commitment.status == CommitmentStatus.NOT_DOING


def commitments() -> QuerySet[Commitment]:
    """All promises, last changed first, with what `promises` reads of each: four queries."""
    quotes = Quote.objects.shown(for_use=ConsentUse.WEBSITE).filter(side=QuoteSide.SUPPORTS)
    return (
        Commitment.objects.select_related(
            "decision__item__conference",
            "decision__item__insight__page",
            "decision__item__priority",
        )
        .prefetch_related(
            Prefetch("decision__item__insight__quotes", quotes, to_attr="shown_quotes"),
            Prefetch("decision__item__insight__themes", Theme.objects.select_related("parent")),
        )
        .order_by("-changed_on", "pk")
    )


def promises(
    found: Iterable[Commitment], at: dict[str, Link], request: HttpRequest | None
) -> list[Promise]:
    """Promises as pages show them. A message that was taken back is not repeated here.

    Several promises that answer one message each get another quote of it, while there are some.
    """
    every = list(found)
    seen: Counter[int | None] = Counter()
    made = []
    for commitment in every:
        key = commitment.decision.item.insight_id
        made.append(_promise(commitment, seen[key], at, request))
        seen[key] += 1
    return made


def _promise(
    commitment: Commitment, place: int, at: dict[str, Link], request: HttpRequest | None
) -> Promise:
    item = commitment.decision.item
    insight = item.insight if item.insight and item.insight.is_public else None
    base = at["conference"].url if "conference" in at else ""
    return Promise(
        commitment=commitment,
        said=insight.claim if insight else "",
        said_url=_message_url(insight, request),
        asked=item.question,
        quote=_quote(insight, place),
        mark=_mark(insight),
        decision_url=f"{base}{item.conference.slug}/decisions/{item.pk}/" if base else "",
    )


def _message_url(insight: Insight | None, request: HttpRequest | None) -> str:
    page = getattr(insight, "page", None)
    return page.get_url(request) or "" if page and page.live else ""


def _quote(insight: Insight | None, place: int) -> Quote | None:
    """The shortest quote for the first promise, the next one for the second, and so on."""
    quotes: list[Quote] = getattr(insight, "shown_quotes", [])
    ordered = sorted(quotes, key=lambda quote: len(quote.text))
    return ordered[place % len(ordered)] if ordered else None


def _mark(insight: Insight | None) -> str:
    theme = next(iter(insight.themes.all()), None) if insight else None
    return theme.mark if theme else ""


class ChangedPage(PublicPage):
    """Every promise with its three columns."""

    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    max_count = 1

    class Meta:
        verbose_name = _("what changed")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Context:
        """Adds `promises`, narrowed to one status when the address names one."""
        context = super().get_context(request, *args, **kwargs)
        every = promises(commitments(), context["at"], request)
        status = request.GET.get("status", "")
        context |= {
            "status": status if status in {*CommitmentStatus.values, LATE} else "",
            "statuses": [*CommitmentStatus.choices, (LATE, _("Late"))],
            "facts": _facts(every) if every else [],
            "any": bool(every),
        }
        context["promises"] = [each for each in every if _has(each, context["status"])]
        return context


def _has(promise: Promise, status: str) -> bool:
    if status == LATE:
        return promise.is_late
    return not status or promise.commitment.status == status


def _facts(every: list[Promise]) -> list[Fact]:
    """How many promises, and how they stand. They are counts of promises, not of people."""
    done = [each for each in every if each.is_kept]
    refused = [each for each in every if each.is_refused]
    late = sum(each.is_late for each in every)
    late_text = ngettext("%(n)s is late", "%(n)s are late", late) % {"n": late}
    return [
        Fact(gettext("Promises made"), str(len(every)), gettext("each has an owner and a date")),
        Fact(
            gettext("Done"),
            str(len(done)),
            _checked(done),
        ),
        Fact(
            gettext("Doing"),
            str(len(every) - len(done) - len(refused)),
            late_text if late else gettext("none is late"),
        ),
        Fact(gettext("Not doing"), str(len(refused)), gettext("we say why")),
    ]


def _checked(done: list[Promise]) -> str:
    """How many of the promises that are done say whether it is better."""
    number = sum(bool(each.commitment.better) for each in done)
    return gettext("%(n)s checked: is it better?") % {"n": number}
