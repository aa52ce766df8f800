"""Who gets past a desk's door. Anybody else gets 404 and does not learn that it is there."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from stories.permissions import Person

Rule = Callable[[Person], bool]
View = Callable[..., HttpResponseBase]


def only(rule: Rule) -> Callable[[View], View]:
    """Lets in whom `rule` lets in. Signed-out visitors were sent to sign in by Wagtail before."""

    def guarding(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not rule(person(request)):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return guarding


def person(request: HttpRequest) -> Person:
    """The member of staff behind a request, as the rules and the actions know people."""
    return cast(Person, request.user)


def name_of(user: AbstractBaseUser | None) -> str:
    """How staff call each other: the full name, or the e-mail address."""
    if user is None:
        return ""
    full_name: str = getattr(user, "get_full_name", str)() or user.get_username()
    return full_name
