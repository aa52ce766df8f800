"""For one computer: `manage.py up` and a developer. Keys are made once and kept in var/."""

import base64
import json
import os
import secrets

from . import base
from .base import *  # noqa: F403 - Django's way of layering settings


def _own_keys() -> dict[str, str]:
    """The keys of this computer, made at the first start; only its owner may read the file."""
    path = base.VAR / "secrets.json"
    base.VAR.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        keys = {
            "secret": secrets.token_urlsafe(50),
            "sealing": base64.b64encode(secrets.token_bytes(32)).decode(),
            "receipt": base64.b64encode(secrets.token_bytes(32)).decode(),
        }
        # Written aside and renamed, so that a kill in between leaves no half a file; linked
        # rather than replaced, so that of two processes starting at once the first one wins.
        aside = path.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(keys, file)
        try:
            os.link(aside, path)
        except FileExistsError:
            pass
        finally:
            aside.unlink()
    kept: dict[str, str] = json.loads(path.read_text())
    return kept


_keys = _own_keys()
SECRET_KEY = base.SECRET_KEY or _keys["secret"]
SEALING_KEY = base.SEALING_KEY or _keys["sealing"]
RECEIPT_KEY = base.RECEIPT_KEY or _keys["receipt"]
ALLOWED_HOSTS = base.ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]"]

# Files are served from where they are written: no collectstatic on a laptop.
WHITENOISE_USE_FINDERS = True
base.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns when it is absent
STORAGES = base.STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
