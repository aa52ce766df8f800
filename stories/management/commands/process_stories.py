"""`manage.py process_stories`: finishes whatever is owed to any story. Safe at any time."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext, ngettext

from stories.actions.owe_step import settle_owed
from stories.models import OwedStep


class Command(BaseCommand):
    help = "Takes out names and suggests themes for every story that still waits for it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--at-once",
            action="store_true",
            help="do not wait two minutes for steps that a worker may be at",
        )

    def handle(self, *args: Any, at_once: bool, **options: Any) -> None:
        done = settle_owed(at_once=at_once)
        self.stdout.write(ngettext("%d step done.", "%d steps done.", done) % done)
        if waiting := OwedStep.objects.count():
            self.stdout.write(
                gettext("%d still owed: a worker is at them, or they broke.") % waiting
            )
