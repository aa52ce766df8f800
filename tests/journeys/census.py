"""Counts what a database holds, words opened: `python -m tests.journeys.census` in a Home.

Reads form keys (a JSON list) and prints, as JSON, every story and the story behind each key's
receipt number. Runs in a process of its own, because it needs that Home's keys and database.
"""

import json
import sys
from typing import Any

import django


def census(form_keys: list[str]) -> dict[str, Any]:
    """Every story with all that hangs on it, and whose receipt leads where."""
    from stories import keys, receipts
    from stories.models import Consent, Receipt, Redaction, Story, Submission

    numbers = {key: receipts.number_for(key, keys.receipt_key()) for key in form_keys}
    behind = {key: Receipt.objects.story_of(number) for key, number in numbers.items()}
    return {
        "stories": [_described(story) for story in Story.objects.all()],
        "numbers": numbers,
        "by_key": {key: str(story.pk) if story else None for key, story in behind.items()},
        "rows": {
            model.__name__: model.objects.count()
            for model in (Story, Submission, Receipt, Consent, Redaction)
        },
    }


def _described(story: Any) -> dict[str, Any]:
    from stories.models import Receipt, Redaction

    words = story.submission.open()
    return {
        "id": str(story.pk),
        "state": story.state,
        "voice": story.voice,
        "age_band": story.age_band,
        "text": story.text,
        "words": [words.story, words.wish],
        "consents": sorted(story.consents.values_list("use", flat=True)),
        "owed": sorted(story.owed.values_list("step", flat=True)),
        "concerns": story.concerns.count(),
        "receipts": Receipt.objects.filter(story=story).count(),
        "redactions": story.redactions.filter(part=Redaction.Part.TEXT).count(),
    }


if __name__ == "__main__":
    django.setup()
    json.dump(census(json.load(sys.stdin)), sys.stdout)
