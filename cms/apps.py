from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CmsConfig(AppConfig):
    name = "cms"
    label = "cms"

    def ready(self) -> None:
        # Without it a process that only serves pages would hint through Celery's default
        # application, which knows no broker of ours.
        from cms import (
            celery,  # noqa: F401
            receivers,  # noqa: F401 - connects them
        )
        from cms.roles import ensure_roles

        post_migrate.connect(ensure_roles, sender=self)
