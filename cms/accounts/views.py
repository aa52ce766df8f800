"""Signing in by a one-time link: the link shows a button, and the button signs in."""

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cms.accounts.models import SignInLink


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """A GET never uses the link up, so that a mail scanner or a preview can't."""
    if request.method != "POST":
        return render(request, "accounts/sign_in.html")
    user = SignInLink.use(token)
    if user is None:
        raise Http404
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("wagtailadmin_home")
