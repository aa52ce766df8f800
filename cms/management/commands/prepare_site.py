"""`manage.py prepare_site`: what a partnership's own site starts with, without the demo."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils.translation import gettext

from cms.site import Partnership, build_site
from stories.actions.load_codebook import load_codebook


class Command(BaseCommand):
    help = "Makes the starting pages and the starting codebook; changes nothing that is there."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--partnership", required=True, help="its full name")
        parser.add_argument("--area", required=True, help="the place, as people say it")
        parser.add_argument("--front-door-phone", default="", help="who takes calls about a child")

    @transaction.atomic
    def handle(
        self, *args: Any, partnership: str, area: str, front_door_phone: str, **options: Any
    ) -> None:
        themes = load_codebook()
        build_site(Partnership(partnership, area, front_door_phone))
        self.stdout.write(
            gettext("The pages are there, and %d new themes and groups. Read them before you open.")
            % themes
        )
