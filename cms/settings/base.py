"""Settings every Heard site shares. `local`, `test` and `production` add only what differs.

Environment variables are read here and nowhere else; docs/operate.md lists them.
"""

import os
from pathlib import Path
from typing import Any

import dj_database_url
import django_stubs_ext
from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.utils.translation import gettext_lazy as _

# Lets typed code write ModelForm[Theme] and the like, which plain Django refuses at run time.
django_stubs_ext.monkeypatch()

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = Path(os.environ.get("HEARD_VAR", ROOT / "var"))

SECRET_KEY = os.environ.get("HEARD_SECRET_KEY", "")
# Base64 of 32 random bytes each. The sealing key wraps every story's own key; the receipt key
# makes receipt numbers and their look-ups worthless to somebody who has only the database.
SEALING_KEY = os.environ.get("HEARD_SEALING_KEY", "")
RECEIPT_KEY = os.environ.get("HEARD_RECEIPT_KEY", "")

DEBUG = False
ALLOWED_HOSTS = [h for h in os.environ.get("HEARD_ALLOWED_HOSTS", "").split(",") if h]
BASE_URL = os.environ.get("HEARD_BASE_URL", "http://127.0.0.1:8000")

INSTALLED_APPS = [
    "stories",
    "consultation",
    "cms.accounts",
    "cms.base_page",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "cms",  # last: its roles need the permissions that the others make after migrating
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.middleware.security_headers",
    "csp.middleware.CSPMiddleware",
    "cms.middleware.staff_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
WAGTAIL_PAGE_MODEL = "base_page.BasePage"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    },
]


def database(url: str) -> dict[str, Any]:
    """One database's settings. SQLite gets the pragmas that promises 1, 7 and 15 rest on.

    `synchronous=FULL`: NORMAL may lose an acknowledged story at power loss.
    `secure_delete`: freed pages are overwritten, so a withdrawn story leaves no bytes behind.
    `recursive_triggers`: without it INSERT OR REPLACE goes past delete triggers.
    """
    settings: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60))
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        settings["OPTIONS"] = {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                " PRAGMA secure_delete=ON; PRAGMA recursive_triggers=ON;"
            ),
        }
    return settings


DATABASES = {
    "default": database(os.environ.get("DATABASE_URL") or f"sqlite:///{VAR / 'heard.sqlite3'}")
}

# No password is set by anybody but its owner; the demo roles come in by one-time links.
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ROOT / "static"]
MEDIA_ROOT = VAR / "media"
MEDIA_URL = "/media/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Words are kept in the page between the parts of the telling form: 20,000 characters of story
# and 5,000 of wishes may each cost four bytes, percent-encoded thrice.
DATA_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000  # Wagtail's page editor needs more than Django's 1,000

SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Public pages: our own files only. Wagtail's admin needs a looser policy: see cms/middleware.py.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
ADMIN_CONTENT_SECURITY_POLICY = {
    "default-src": [SELF],
    "style-src": [SELF, UNSAFE_INLINE],
    "script-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "form-action": [SELF],
    "base-uri": [SELF],
    "frame-ancestors": [SELF],  # page previews are frames of the admin itself
    "object-src": [NONE],
}

WAGTAIL_SITE_NAME = "Heard"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False  # it would call out to another site
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # it would send a hash of the user's e-mail address away
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_USAGE_COUNT_ENABLED = True
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TAGGIT_CASE_INSENSITIVE = True

# Celery: the database is the queue (stories/models/outbox.py); a lost message costs a minute.
BROKER_URL = os.environ.get("HEARD_BROKER_URL") or "filesystem://localhost"
BROKER_FOLDER = VAR / "broker"
CELERY_BROKER_URL = BROKER_URL
CELERY_BROKER_CONNECTION_TIMEOUT = 1.0
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# One try to reach the broker: by default kombu waits two seconds and tries again, and a teller
# would wait with it (measured). The row in the outbox is what counts.
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
}
if BROKER_URL.startswith("filesystem:"):
    for folder in ("queue", "processed", "control"):
        (BROKER_FOLDER / folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS |= {
        # One folder both ways: what web writes the worker reads.
        "data_folder_in": str(BROKER_FOLDER / "queue"),
        "data_folder_out": str(BROKER_FOLDER / "queue"),
        "processed_folder": str(BROKER_FOLDER / "processed"),
        "control_folder": str(BROKER_FOLDER / "control"),
        "polling_interval": 0.1,
    }
elif BROKER_URL.startswith("redis"):
    # The default of an hour would hold a task that a killed worker had taken.
    CELERY_BROKER_TRANSPORT_OPTIONS |= {
        "visibility_timeout": 60,
        "socket_connect_timeout": 1,
        "socket_timeout": 5,
    }
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "settle what is owed": {"task": "stories.tasks.settle_owed", "schedule": 30.0},
}

# Django mails error reports that hold the request's words, address and browser; we keep none of
# that: only the place of the error is printed (promise 4).
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"place": {"()": "cms.logs.PlaceOnly"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "place"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.server": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
