"""The pages of the site. They read the domain and hold none of its words."""

from .changed import ChangedPage
from .conference import ConferenceIndexPage
from .home import HomePage
from .learned import LearnedPage, MessagePage
from .priorities import PrioritiesPage
from .settings import PartnershipSettings
from .stories import StoriesPage
from .text import HelpPage, TextPage
from .themes import ThemesPage

__all__ = [
    "ChangedPage",
    "ConferenceIndexPage",
    "HelpPage",
    "HomePage",
    "LearnedPage",
    "MessagePage",
    "PartnershipSettings",
    "PrioritiesPage",
    "StoriesPage",
    "TextPage",
    "ThemesPage",
]
