"""`manage.py import_stories FILE.csv`: all of the file's stories, or none and why."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext

from stories.actions.import_stories import ImportRefused, import_stories


class Command(BaseCommand):
    help = "Imports stories from a CSV file (UTF-8). The same file twice adds nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the CSV file; docs/operate.md has its columns")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            done = import_stories(file.read_bytes())
        except OSError as error:
            raise CommandError(gettext("The file can't be read: %s") % error.strerror) from None
        except ImportRefused as refused:
            lines = "\n".join(refused.errors)
            raise CommandError(gettext("Nothing was imported.") + "\n" + lines) from None
        self.stdout.write(
            gettext("%(added)d stories imported, %(known)d were here already.")
            % {"added": done.added, "known": done.known}
        )
