"""How much dearer is it to accept a story than to accept any form? `python bench/tell.py`.

Measures, in one process and in turns of a few seconds, so that a busy machine slows both alike:

- bare:  a plain Django form: get, post, follow the redirect. One row in SQLite, durable
         (WAL, synchronous=FULL), CSRF check, no sessions, no other middleware.
- tell:  the telling form as somebody walks it: get, part 1, part 2, part 3 with the number.
         All of Heard's middleware; the words sealed, checked for danger, shown masked; receipt
         by Argon2id; consents and the owed step in one durable transaction; then the hint,
         published to the filesystem transport.

Both go through Django's test client: no network, no server, one thread. What is printed are
stories a second, milliseconds each (median), and the ratio. Nothing outside a temporary folder
is written.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MOST = 2_000
TURNS = 10
STORY = (
    "My friend Kezia and I go to the club on Tuesdays. The lady there saved us a seat and asked "
    "how we were. When the bus was cut we could not go any more. We were sad about that, and my "
    "nan had to walk us. I would like the bus to come back, and the lady to know that we said so. "
)
TABLE = "CREATE TABLE bare_note (id INTEGER PRIMARY KEY AUTOINCREMENT, note TEXT NOT NULL)"


def main() -> int:
    """Sets up a Django of its own in a temporary folder, measures, prints."""
    number = _asked_for()
    with tempfile.TemporaryDirectory(prefix="heard-bench-") as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "cms.settings.local",
            "HEARD_VAR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/heard.sqlite3",
            "HEARD_BROKER_URL": "filesystem://localhost",
            "HEARD_ALLOWED_HOSTS": "testserver",
        }
        migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, cwd=ROOT, check=True)
        sys.path.insert(0, str(ROOT))
        _measure(number)
    return 0


def _asked_for() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stories", type=int, default=200, help=f"of each kind, at most {MOST}")
    return max(TURNS, min(MOST, int(parser.parse_args().stories)))


def _measure(number: int) -> None:
    import django

    django.setup()
    from django.db import connection
    from django.test import override_settings

    import cms.celery  # noqa: F401 - so that the hint goes to this folder's broker

    with connection.cursor() as cursor:
        cursor.execute(TABLE)
    bare, tell = _bare(), _tell()
    times: dict[str, list[float]] = {"bare": [], "tell": []}
    # The first of each loads templates and modules: it is not counted.
    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=BARE_MIDDLEWARE):
        bare()
    tell()
    for _ in range(TURNS):
        with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=BARE_MIDDLEWARE):
            times["bare"] += _timed(bare, number // TURNS)
        times["tell"] += _timed(tell, number // TURNS)
    _check(len(times["tell"]) + 1)
    _print(times)


def _timed(act: Callable[[], None], number: int) -> list[float]:
    taken = []
    for _ in range(number):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return taken


def _check(number: int) -> None:
    """A figure counts only if the work was done: every row is there, and durably so."""
    from django.db import connection

    from stories.models import OwedStep, Receipt, Story, Submission

    for model in (Story, Submission, Receipt, OwedStep):
        assert model.objects.count() == number, model
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM bare_note")
        assert cursor.fetchone()[0] == number
        cursor.execute("PRAGMA synchronous")
        assert cursor.fetchone()[0] == 2


def _print(times: dict[str, list[float]]) -> None:
    for name, taken in times.items():
        rate, middle = len(taken) / sum(taken), statistics.median(taken) * 1000
        print(f"{name}: {len(taken)} stories, {rate:.1f} a second, {middle:.1f} ms each")
    ratio = statistics.median(times["tell"]) / statistics.median(times["bare"])
    print(f"A story costs {ratio:.1f} × a bare durable form ({_slow_hash():.1f} ms are Argon2id).")


def _slow_hash() -> float:
    from stories.receipts import lookup

    return statistics.median(_timed(lambda: _drop(lookup("0" * 16, b"k" * 32)), 20)) * 1000


def _drop(_: object) -> None:
    return None


def _tell() -> Callable[[], None]:
    from django.test import Client

    client = Client()

    def act() -> None:
        page = client.get("/tell/").content.decode()
        found = re.search(r'name="form_key"[^>]*value="([^"]+)"', page)
        assert found
        fields = {"form_key": found[1], "voice": "child", "story": STORY, "wish": "Ask us first."}
        client.post("/tell/", fields | {"part": "1", "go": "next"})
        client.post("/tell/", fields | {"part": "2", "go": "next"})
        last = fields | {"part": "3", "go": "send", "consents": ["board", "website"]}
        assert b"Your number" in client.post("/tell/", last).content

    return act


def _bare() -> Callable[[], None]:
    from django.test import Client

    client = Client(enforce_csrf_checks=True)

    def act() -> None:
        page = client.get("/").content.decode()
        token = page.split('value="')[1].split('"')[0]
        fields = {"csrfmiddlewaretoken": token, "note": STORY}
        assert b"Thank you" in client.post("/", fields, follow=True).content

    return act


BARE_MIDDLEWARE = [
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
BARE_PAGE = """<!doctype html><title>Note</title>
<form method="post">{% csrf_token %}{{ form }}<button>Send</button></form>"""


def __getattr__(name: str) -> object:
    """The bare site's addresses; made late, because Django must be set up first."""
    if name == "urlpatterns":
        return _bare_urls()
    raise AttributeError(name)


def _bare_urls() -> list[object]:
    from django import forms
    from django.db import connection
    from django.http import HttpRequest, HttpResponse
    from django.shortcuts import redirect
    from django.template import Context, Template
    from django.template.context_processors import csrf
    from django.urls import path

    class NoteForm(forms.Form):
        note = forms.CharField(widget=forms.Textarea, max_length=20_000)

    template = Template(BARE_PAGE)

    def note(request: HttpRequest) -> HttpResponse:
        form = NoteForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO bare_note (note) VALUES (%s)", [form["note"].value()])
            return redirect("/thanks/")
        return HttpResponse(template.render(Context({"form": form} | csrf(request))))

    def thanks(_: HttpRequest) -> HttpResponse:
        return HttpResponse("Thank you")

    return [path("", note), path("thanks/", thanks)]


if __name__ == "__main__":
    sys.exit(main())
