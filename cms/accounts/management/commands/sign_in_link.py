"""`manage.py sign_in_link E-MAIL`: prints a link that signs this person in, once."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.accounts.models import User
from cms.accounts.sign_in import link_for


class Command(BaseCommand):
    help = "Prints a one-time sign-in link for a member of staff."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        user = User.objects.filter(email__iexact=email, is_active=True).first()
        if user is None:
            raise CommandError(f"Nobody with the address {email} may sign in.")
        self.stdout.write(link_for(user, settings.BASE_URL))
