"""Celery: hints to run soon what the database says is owed. Each task calls one action."""

import logging
from threading import Thread
from typing import Any

from celery import shared_task
from django.dispatch import receiver
from kombu.exceptions import OperationalError

from stories import signals
from stories.actions import owe_step

logger = logging.getLogger(__name__)
_PATIENCE = 1.0  # seconds


@shared_task
def run_owed_step(pk: int) -> None:
    """Runs one owed step; nothing happens when it is done or taken."""
    owe_step.run_owed_step(pk)


@shared_task
def settle_owed() -> None:
    """The sweep: finishes whatever was never hinted at, or whose worker died."""
    owe_step.settle_owed()


@receiver(signals.step_owed)
def hint(pk: int, **_: Any) -> None:
    """Tells a worker, if one can be told. The sweep finds the step when not (promise 2).

    A broker that takes the connection and then says nothing held a teller up for five seconds
    (measured), and no setting of each transport bounds it: so the page waits one second at most.
    """
    sender = Thread(target=_send, args=(pk,), daemon=True)
    sender.start()
    sender.join(_PATIENCE)


def _send(pk: int) -> None:
    try:
        run_owed_step.apply_async((pk,), retry=False)
    except (OperationalError, OSError):
        logger.warning("No worker could be told. The sweep will find the step.")
