"""Things in the tests, made the way the product makes them: through its own actions."""

from typing import Any

from stories.actions.owe_step import settle_owed
from stories.actions.read_story import read_story
from stories.actions.submit_story import Submitted, Telling, submit_story
from stories.enums import Answer, Verdict, Voice
from stories.models import Receipt, Story, Theme, Words
from stories.receipts import new_form_key
from tests.personas import person

CALM = "The dinner lady saved me a seat every day and after that I started to like school."
URGENT = "He hits me every night and I am scared to go home today. Please can someone help me."


def tell(story: str = CALM, *, wish: str = "", form_key: str = "", **told: Any) -> Submitted:
    """Somebody tells a story; nothing has worked on it yet."""
    telling = Telling(words=Words(story, wish), voice=told.pop("voice", Voice.CHILD), **told)
    return submit_story(telling=telling, form_key=form_key or new_form_key())


def told(story: str = CALM, **more: Any) -> Story:
    """A story that waits for its readers (or for the safeguarding lead, when it is urgent)."""
    sent = tell(story, **more)
    settle_owed()
    return story_of(sent)


def story_of(sent: Submitted) -> Story:
    """The story behind a receipt."""
    story = Receipt.objects.story_of(sent.number)
    assert story is not None
    return story


def approved(story: str = CALM, *, themes: tuple[str, ...] = (), **more: Any) -> Story:
    """A story that Asha and Ben read and approved, both saying that it is about `themes`."""
    made = told(story, **more)
    for slug in themes:
        theme(slug)
    answers = dict.fromkeys(themes, Answer.YES)
    for name in ("asha", "ben"):
        read_story(story=made, by=person(name), verdict=Verdict.APPROVE, answers=answers)
    made.refresh_from_db()
    return made


def theme(slug: str = "school_education", *, group: str = "services", **fields: Any) -> Theme:
    """A theme of the codebook, with its group."""
    parent, _ = Theme.objects.get_or_create(
        slug=group, defaults={"name": group, "child_label": group, "definition": group}
    )
    made: Theme = Theme.objects.get_or_create(
        slug=slug,
        defaults={"name": slug, "child_label": slug, "definition": slug, "parent": parent} | fields,
    )[0]
    return made
