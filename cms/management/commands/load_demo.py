"""`manage.py load_demo`: the demo partnership, once. Run again, it changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.demo.load import load_demo


class Command(BaseCommand):
    help = "Loads the invented partnership of Harrowmere, if it is not there yet."

    def handle(self, *args: Any, **options: Any) -> None:
        load_demo(say=self.stdout.write)
