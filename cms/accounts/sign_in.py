"""One-time sign-in links: for the demo roles, and for a colleague who has no password yet."""

from django.urls import reverse

from cms.accounts.models import SignInLink, User

DEMO_DOMAIN = "@harrowmere.example"


def link_for(user: User, base_url: str) -> str:
    """A new one-time link. An earlier one of the same person stops working."""
    return base_url.rstrip("/") + reverse("accounts:sign_in", args=[SignInLink.make(user)])


def links_for_demo_roles(base_url: str) -> list[tuple[str, str]]:
    """(who, link) for each demo person, in the order they were made."""
    people = User.objects.filter(email__endswith=DEMO_DOMAIN, is_active=True).order_by("pk")
    return [(f"{p.first_name} {p.last_name}".strip(), link_for(p, base_url)) for p in people]
