"""What is stored of a story: see each module's first line."""

from .concern import Concern, Opening
from .consent import WORDING_VERSION, Consent
from .local_name import LocalName
from .outbox import OwedStep
from .reading import Coding, Reading
from .receipt import Receipt
from .story import Redaction, Story
from .submission import Submission, Words
from .theme import StoryTheme, Theme

__all__ = [
    "WORDING_VERSION",
    "Coding",
    "Concern",
    "Consent",
    "LocalName",
    "Opening",
    "OwedStep",
    "Reading",
    "Receipt",
    "Redaction",
    "Story",
    "StoryTheme",
    "Submission",
    "Theme",
    "Words",
]
