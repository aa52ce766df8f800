"""The headers that tell a browser how little to trust and to keep."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]
_STAFF = ("/admin/", "/sign-in/", "/_util/")


def security_headers(get_response: Handler) -> Handler:
    """Adds what Django has no setting for, and Wagtail's own content policy in its admin.

    `no-store` on every page: Back after leaving must show nothing (promise 12), and pages with
    words must lie in no cache. Static files are answered before this runs.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response

    return respond


def staff_policy(get_response: Handler) -> Handler:
    """What pages for staff need and no other page gets.

    Wagtail's admin needs a looser content policy. And without a referrer a browser sends
    `Origin: null` with every form (measured in Chromium), which Django's CSRF check refuses;
    staff forms are checked, so their pages tell our own site, and no other, where they stand.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith(_STAFF):
            response.headers["Referrer-Policy"] = "same-origin"
        if request.path.startswith("/admin/"):
            response._csp_config = settings.ADMIN_CONTENT_SECURITY_POLICY  # type: ignore[attr-defined]
        return response

    return respond
