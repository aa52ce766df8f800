"""The base of every page. Ours from day one, because swapping it later means moving every table."""

from wagtail.models import AbstractPage
from wagtail.models.pages import DefaultBasePageMixin


class BasePage(AbstractPage, DefaultBasePageMixin):
    """Wagtail's page, in a table of our own. See docs/decisions/0002."""

    search_fields = AbstractPage.search_fields + DefaultBasePageMixin.search_fields
    promote_panels = DefaultBasePageMixin.promote_panels
