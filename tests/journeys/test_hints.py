"""The one thing the broker suite rests on that can be checked without a server."""

from tests.journeys.conftest import HomeOn

ASK = "import django; django.setup(); from stories import tasks; print(tasks.run_owed_step.app.main)"


def test_a_process_that_only_serves_pages_hints_through_our_own_celery(home_on: HomeOn) -> None:
    # Without the application loaded, Celery's default one answers, and it looks for a RabbitMQ.
    assert home_on().run("-c", ASK).strip() == "heard"
