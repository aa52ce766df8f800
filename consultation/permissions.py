"""Who may do what with insights, priorities and decisions: the rules of this app on one screen."""

from consultation.models import Insight
from stories.enums import Role
from stories.permissions import NotAllowed, Person

__all__ = [
    "NotAllowed",
    "can_draft_insight",
    "can_plan",
    "can_publish_insight",
    "can_record_decision",
    "can_report_progress",
    "can_set_priorities",
]


def can_draft_insight(user: Person) -> bool:
    """Write and change drafts of insights."""
    return _holds(user, Role.INSIGHT_AUTHOR)


def can_publish_insight(user: Person, insight: Insight) -> bool:
    """Publish what another person drafted."""
    return can_draft_insight(user) and insight.drafted_by_id != user.pk


def can_set_priorities(user: Person) -> bool:
    """Change the plan's priorities and the consultation's question and dates."""
    return _holds(user, Role.CHAIR, Role.BOARD_MEMBER)


def can_plan(user: Person) -> bool:
    """Set up conferences and their agenda."""
    return _holds(user, Role.CHAIR)


def can_record_decision(user: Person) -> bool:
    """Write down what the board decided and what it promised."""
    return _holds(user, Role.CHAIR, Role.BOARD_MEMBER)


def can_report_progress(user: Person) -> bool:
    """Say how a promise stands."""
    return _holds(user, Role.CHAIR, Role.BOARD_MEMBER)


def _holds(user: Person, *roles: str) -> bool:
    return bool(user.pk) and user.has_role(*roles)
