from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "stories"
    label = "stories"

    def ready(self) -> None:
        from stories import tasks  # noqa: F401 - connects the hint to its signal
