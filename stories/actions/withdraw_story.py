"""A teller takes a story back: its words leave every place that Heard keeps."""

from django.db import transaction

from stories.enums import StoryState
from stories.models import Story
from stories.signals import story_withdrawn


@transaction.atomic
def withdraw_story(*, story: Story) -> None:
    """Empties the story, forgets the receipt, destroys the sealed words and their key.

    What rests on it (quotes, insights) goes in the same transaction, by signal. The empty row
    stays, so that readings and decisions keep their place. One thing may stay a while: the
    sealed words of a story that the safeguarding lead has not decided on; deciding destroys them.
    """
    story = Story.objects.select_for_update().get(pk=story.pk)
    if story.state == StoryState.WITHDRAWN:
        return
    story_withdrawn.send(sender=Story, story=story)
    story.text = story.wish = story.area = story.age_band = ""
    story.state = StoryState.WITHDRAWN
    story.save()
    story.redactions.all().delete()
    story.consents.all().delete()
    story.theme_items.all().delete()
    story.owed.all().delete()
    story.receipt.delete()
    if not story.concerns.waiting().exists():
        story.submission.destroy()
