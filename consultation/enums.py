"""The words of the consultation. Values are stored and exported: never rename one."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class InsightState(TextChoices):
    """Where an insight is. The public calls it a message."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class QuoteSide(TextChoices):
    """Whether a quote says the same as the claim, or something different."""

    SUPPORTS = "supports", _("Says this")
    DIFFERS = "differs", _("Says something different")


class ConferenceState(TextChoices):
    """Where a conference is."""

    PLANNED = "planned", _("Planned")
    CLOSED = "closed", _("Closed")


class DecisionAnswer(TextChoices):
    """What the board answered."""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")


class CommitmentStatus(TextChoices):
    """How a promise stands. Late is worked out from the due date, never typed."""

    DOING = "doing", _("Doing")
    DONE = "done", _("Done")
    NOT_DOING = "not_doing", _("Not doing")
