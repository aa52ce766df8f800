"""The addresses of the staff desks of this app, inside Wagtail's admin."""

from django.urls import URLPattern, URLResolver, include, path

from consultation.views import desk

_INSIGHTS = (
    [
        path("", desk.insights, name="list"),
        path("new/", desk.draft, name="new"),
        path("<int:pk>/", desk.draft, name="draft"),
        path("<int:pk>/review/", desk.review, name="review"),
        path("<int:pk>/publish/", desk.publish, name="publish"),
        path("<int:pk>/withdraw/", desk.withdraw, name="withdraw"),
    ],
    "insights",
)
_DECISIONS = (
    [
        path("", desk.decisions, name="list"),
        path("<int:pk>/", desk.decide, name="item"),
    ],
    "decisions",
)
_PROMISES = (
    [
        path("", desk.promises, name="list"),
        path("<int:pk>/", desk.progress, name="promise"),
    ],
    "promises",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("insights/", include(_INSIGHTS)),
    path("decisions/", include(_DECISIONS)),
    path("promises/", include(_PROMISES)),
]
