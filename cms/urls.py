"""Every address of Heard: the only place that names every app."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [
    path("", include("stories.urls")),
    path("", include("consultation.urls")),
    path("sign-in/", include("cms.accounts.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("", include(wagtail_urls)),
]
