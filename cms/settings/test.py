"""For the tests: fast, with fixed keys of no value, and nothing kept outside a passing folder."""

import atexit
import os
import shutil
import tempfile

if "HEARD_VAR" not in os.environ:
    os.environ["HEARD_VAR"] = tempfile.mkdtemp(prefix="heard-test-")
    atexit.register(shutil.rmtree, os.environ["HEARD_VAR"], ignore_errors=True)

from . import base
from .base import *  # noqa: F403 - Django's way of layering settings

SECRET_KEY = "a key for tests only, worth nothing to anybody"  # noqa: S105
SEALING_KEY = "dGVzdHMgb25seSwgdGVzdHMgb25seSwgdGVzdHMgMSE="
RECEIPT_KEY = "dGVzdHMgb25seSwgdGVzdHMgb25seSwgdGVzdHMgMiE="
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
STORAGES = base.STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
base.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns when it is absent
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Nobody listens in the tests: hints go nowhere and each test settles what is owed itself.
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {}
