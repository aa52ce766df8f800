"""The one thing the broker suite rests on that can be checked without a server."""

from pathlib import Path

from tests.journeys.servers import Home

ASK = (
    "import django; django.setup(); from stories import tasks; print(tasks.run_owed_step.app.main)"
)


def test_a_process_that_only_serves_pages_hints_through_our_own_celery(tmp_path: Path) -> None:
    # Without the application loaded, Celery's default one answers, and it looks for a RabbitMQ.
    home = Home(tmp_path, "sqlite:///nowhere.sqlite3")
    assert home.run("-c", ASK).strip() == "heard"
