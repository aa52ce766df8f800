from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CmsConfig(AppConfig):
    name = "cms"
    label = "cms"

    def ready(self) -> None:
        from cms import receivers  # noqa: F401 - connects them
        from cms.roles import ensure_roles

        post_migrate.connect(ensure_roles, sender=self)
