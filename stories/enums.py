"""The words the domain is spoken in. Values are stored and exported: never rename one."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a member of staff does. Each is a Django group; a person may hold several."""

    CURATOR = "lay curator", _("Lay curator")
    SAFEGUARDING_LEAD = "safeguarding lead", _("Safeguarding lead")
    INSIGHT_AUTHOR = "insight author", _("Insight author")
    BOARD_MEMBER = "board member", _("Board member")
    CHAIR = "chair", _("Chair")
    EDITOR = "editor", _("Editor")
    ADMINISTRATOR = "administrator", _("Administrator")


class Voice(TextChoices):
    """Who is telling."""

    CHILD = "child", _("Child")
    YOUNG_PERSON = "young_person", _("Young person")
    PARENT_CARER = "parent_carer", _("Parent or carer")
    FAITH_GROUP = "faith_group", _("Faith or community group")
    PRACTITIONER = "practitioner", _("Someone who works with children")


class AgeBand(TextChoices):
    """Ages in bands wide enough to hide in."""

    UNDER_8 = "under-8", _("Under 8")
    FROM_8 = "8-10", _("8 to 10")
    FROM_11 = "11-13", _("11 to 13")
    FROM_14 = "14-16", _("14 to 16")
    FROM_17 = "17-25", _("17 to 25")


class StoryState(TextChoices):
    """Where a story is on its path."""

    RECEIVED = "received", _("Received")  # names not yet taken out
    HELD = "held", _("With the safeguarding lead")
    READING = "reading", _("Being read")
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Returned")
    PRIVATE = "private", _("Kept private")
    WITHDRAWN = "withdrawn", _("Taken back")


class ConsentUse(TextChoices):
    """What a teller may allow, each by itself."""

    BOARD = "board", _("Board papers")
    WEBSITE = "website", _("This website")
    CONFERENCE = "conference", _("The conference screen")
    TRAINING = "training", _("Training")
    RESEARCH = "research", _("Research")
    MEDIA = "media", _("News and media")


class ConcernLevel(TextChoices):
    """How soon a person must look. It orders a queue; it never closes anything."""

    NONE = "none", _("No concern found")
    WORRY = "worry", _("Worry")
    URGENT = "urgent", _("Urgent")


class ConcernState(TextChoices):
    """Who has it."""

    OPEN = "open", _("Not picked up")
    TAKEN = "taken", _("Being looked at")
    RELEASED = "released", _("Released for reading")
    KEPT = "kept", _("Kept private")


class ConcernSource(TextChoices):
    """What raised a concern."""

    CHECK = "check", _("The danger check")
    READER = "reader", _("A reader")


class ThemeSource(TextChoices):
    """Who said that a story is about a theme."""

    MACHINE = "machine", _("Suggested by the computer")
    READER = "reader", _("Added by a reader")


class ThemeState(TextChoices):
    """Whether the readers agreed."""

    SUGGESTED = "suggested", _("Suggested")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")


class Answer(TextChoices):
    """A reader's answer to: is the story about this?"""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNSURE = "unsure", _("Not sure")


class Verdict(TextChoices):
    """A reader's decision on a story."""

    APPROVE = "approve", _("Ready to use")
    RETURN = "return", _("Send back to the teller")
    PRIVATE = "private", _("Keep private")


class Reason(TextChoices):
    """Why a story is sent back or kept private: coded, so that the teller can be told plainly."""

    NOT_A_STORY = "not_a_story", _("It does not tell what happened")
    TOO_MANY_NAMES = "too_many_names", _("It says too much about who people are")
    ABOUT_ONE_WORKER = "about_one_worker", _("It is a complaint about one worker")
    COULD_BE_RECOGNISED = "could_be_recognised", _("The person could be recognised")
    TELLER_ASKED = "teller_asked", _("The teller asked for it")
    OPEN_ENQUIRY = "open_enquiry", _("Somebody is looking into it now")


REASONS_FOR = {
    Verdict.APPROVE: frozenset[Reason](),
    Verdict.RETURN: frozenset({Reason.NOT_A_STORY, Reason.TOO_MANY_NAMES, Reason.ABOUT_ONE_WORKER}),
    Verdict.PRIVATE: frozenset(
        {Reason.COULD_BE_RECOGNISED, Reason.TELLER_ASKED, Reason.OPEN_ENQUIRY}
    ),
}


class Step(TextChoices):
    """Work that is owed to a story (see models/outbox.py), in the order it is done."""

    ANONYMISE = "anonymise", _("Take out names")
    SUGGEST_THEMES = "suggest_themes", _("Suggest themes")


class LocalKind(TextChoices):
    """Kinds of local names that the identifier finder is given."""

    SCHOOL = "school", _("School")
    FAITH_PLACE = "faith_place", _("Place of worship")
    HEALTH_PLACE = "health_place", _("Surgery, clinic or hospital")
    ORGANISATION = "organisation", _("Organisation")
    PLACE = "place", _("Place")
    STREET = "street", _("Street or estate")
