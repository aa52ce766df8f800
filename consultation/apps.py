from django.apps import AppConfig


class ConsultationConfig(AppConfig):
    name = "consultation"
    label = "consultation"

    def ready(self) -> None:
        from consultation import receivers  # noqa: F401 - connects them
