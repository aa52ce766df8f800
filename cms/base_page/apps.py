from django.apps import AppConfig


class BasePageConfig(AppConfig):
    name = "cms.base_page"
    label = "base_page"
