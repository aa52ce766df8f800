"""Who may do what with stories: the rules of this app on one screen.

A rule asks for a role, never for a Django permission: superusers hold every permission, and an
administrator must have no key to the originals.
"""

from typing import Any, Protocol

from stories.enums import Role
from stories.models import Story


class Person(Protocol):
    """What the rules need to know of a user."""

    pk: Any

    def has_role(self, *roles: str) -> bool:
        """Whether this person holds one of the roles."""


class NotAllowed(Exception):
    """This person may not do this. Views answer 404: strangers learn nothing."""


def can_lead_safeguarding(user: Person) -> bool:
    """See concerns, decide them, open original words: the safeguarding lead and nobody else."""
    return _holds(user, Role.SAFEGUARDING_LEAD)


def can_read(user: Person) -> bool:
    """Read anonymised stories that wait for a reading, and code them."""
    return _holds(user, Role.CURATOR)


def can_read_story(user: Person, story: Story) -> bool:
    """Read this story now: it waits for a reading, and this person has not read it yet."""
    waits = Story.objects.awaiting_reading(by=user).filter(pk=story.pk)
    return can_read(user) and waits.exists()


def can_edit_codebook(user: Person) -> bool:
    """Change themes, their cues and the local names."""
    return _holds(user, Role.CURATOR)


def _holds(user: Person, *roles: str) -> bool:
    # An anonymous visitor has no roles to ask for.
    return bool(user.pk) and user.has_role(*roles)
