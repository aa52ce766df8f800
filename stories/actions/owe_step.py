"""Writes down the next step of a story, and runs what is written down."""

import logging
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from stories.enums import Step
from stories.models import OwedStep, Story
from stories.signals import step_owed

from .anonymise_story import anonymise_story
from .suggest_themes import suggest_themes

logger = logging.getLogger(__name__)

_ACTION: dict[str, Callable[[Story], None]] = {
    Step.ANONYMISE: anonymise_story,
    Step.SUGGEST_THEMES: suggest_themes,
}
_NEXT = {Step.ANONYMISE: Step.SUGGEST_THEMES}


def owe(story: Story, step: str) -> None:
    """Owes `step` to `story`, in the transaction that is open; after its commit, says so.

    Owing what is owed already changes nothing.
    """
    owed, _ = OwedStep.objects.get_or_create(story=story, step=step)
    pk = owed.pk

    def tell() -> None:
        # It may have been done in the same transaction: then there is nothing to hint at.
        if OwedStep.objects.filter(pk=pk).exists():
            step_owed.send(sender=OwedStep, pk=pk)

    transaction.on_commit(tell, robust=True)


def run_owed_step(pk: int) -> bool:
    """Runs one owed step, if it is still owed and nobody else is at it.

    Returns whether it was done. An error leaves the step owed: it is due again when the claim
    runs out, and the log says where it broke, never on which words.
    """
    owed = OwedStep.objects.claim(pk)
    if owed is None:
        return False
    try:
        with transaction.atomic():
            _ACTION[owed.step](owed.story)
            owed.delete()
            if following := _NEXT.get(Step(owed.step)):
                owe(owed.story, following)
    except Exception:
        logger.exception("A step of a story broke. It stays owed and is tried again.")
        return False
    return True


def settle_owed(*, at_once: bool = False) -> int:
    """Finishes whatever is due, and what becomes due by it. Returns how many steps were done.

    Safe to run at any time and by several at once. `at_once` does not wait for the claims of
    workers that may have died.
    """
    if at_once:
        OwedStep.objects.filter(due_at__gt=timezone.now()).update(due_at=timezone.now())
    done, tried = 0, set[int]()
    while pks := list(
        OwedStep.objects.due().exclude(pk__in=tried).values_list("pk", flat=True)[:100]
    ):
        tried.update(pks)
        done += sum(run_owed_step(pk) for pk in pks)
    return done
