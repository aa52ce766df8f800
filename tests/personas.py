"""The people in the tests. Each is a member of staff with one role, or with none."""

from django.contrib.auth.models import Group

from cms.accounts.models import User
from stories.enums import Role

ROLES: dict[str, tuple[str, ...]] = {
    "asha": (Role.CURATOR,),
    "ben": (Role.CURATOR,),
    "carol": (Role.SAFEGUARDING_LEAD,),
    "dev": (Role.INSIGHT_AUTHOR,),
    "efua": (Role.INSIGHT_AUTHOR,),
    "faye": (Role.CHAIR,),
    "gil": (Role.BOARD_MEMBER,),
    "hana": (Role.EDITOR,),
    "ivo": (Role.ADMINISTRATOR,),
    "mallory": (),  # signed in, and a stranger to everything
    "sam": (),  # a superuser without a role
}


def person(name: str) -> User:
    """The named person, made at the first call in a test."""
    email = f"{name}@example.org"
    if found := User.objects.filter(email=email).first():
        return found
    user = User.objects.create_user(email, first_name=name.title(), is_superuser=name == "sam")
    user.groups.set(Group.objects.filter(name__in=ROLES[name]))
    return user
