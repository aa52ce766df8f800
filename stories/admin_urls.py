"""The addresses of the staff desks of this app, inside Wagtail's admin."""

from django.urls import URLPattern, URLResolver, include, path

from stories.views import reading, safeguarding

_READING = (
    [
        path("", reading.queue, name="queue"),
        path("next/", reading.next_story, name="next"),
        path("<uuid:pk>/", reading.read, name="story"),
        path("<uuid:pk>/skip/", reading.skip, name="skip"),
        path("<uuid:pk>/worry/", reading.worry, name="worry"),
    ],
    "reading",
)
_SAFETY = (
    [
        path("", safeguarding.queue, name="queue"),
        path("<uuid:pk>/", safeguarding.concern, name="concern"),
        path("<uuid:pk>/take/", safeguarding.take, name="take"),
        path("<uuid:pk>/words/", safeguarding.open_words, name="words"),
        path("<uuid:pk>/decide/", safeguarding.decide, name="decide"),
    ],
    "safety",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("reading/", include(_READING)),
    path("safety/", include(_SAFETY)),
]
