"""What a consultation does when a story is taken back."""

from typing import Any

from django.dispatch import receiver

from consultation.actions.withdraw_insight import forget_story
from stories.models import Story
from stories.signals import story_withdrawn


@receiver(story_withdrawn)
def story_leaves_the_evidence(story: Story, **_: Any) -> None:
    """Runs in the withdrawal's own transaction: quotes and counts go with it, or nothing does."""
    forget_story(story=story)
