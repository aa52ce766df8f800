"""For a partnership's own server. Refuses to start when a secret is missing or is a sample."""

import base64
import binascii
import os

from django.core.exceptions import ImproperlyConfigured

from . import base
from .base import *  # noqa: F403 - Django's way of layering settings

_SAMPLES = ("changeme", "change-me", "secret", "insecure", "example", "test")


def _required(name: str) -> str:
    """The value of an environment variable; ImproperlyConfigured names it when it is absent."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. Heard does not start without it.")
    if any(sample in value.lower() for sample in _SAMPLES):
        raise ImproperlyConfigured(f"{name} is a sample value. Make one of your own.")
    return value


def _key(name: str) -> str:
    """A base64 key of 32 bytes that are not all alike."""
    value = _required(name)
    try:
        raw = base64.b64decode(value, validate=True)
    except binascii.Error:
        raw = b""
    if len(raw) != 32 or len(set(raw)) < 8:
        raise ImproperlyConfigured(f"{name} must be the base64 of 32 random bytes.")
    return value


if os.environ.get("DEBUG", "").lower() in {"1", "true", "yes", "on"}:
    raise ImproperlyConfigured("DEBUG is set. Heard never runs in debug mode on a server.")

DEBUG = False
SECRET_KEY = _required("HEARD_SECRET_KEY")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("HEARD_SECRET_KEY must have at least 50 characters.")
SEALING_KEY = _key("HEARD_SEALING_KEY")
RECEIPT_KEY = _key("HEARD_RECEIPT_KEY")
if SEALING_KEY == RECEIPT_KEY:
    raise ImproperlyConfigured("HEARD_SEALING_KEY and HEARD_RECEIPT_KEY must differ.")
ALLOWED_HOSTS = _required("HEARD_ALLOWED_HOSTS").split(",")
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("HEARD_ALLOWED_HOSTS must name the hosts, not '*'.")
BASE_URL = _required("HEARD_BASE_URL")
WAGTAILADMIN_BASE_URL = BASE_URL
CSRF_TRUSTED_ORIGINS = [BASE_URL]
DATABASES = {"default": base.database(_required("DATABASE_URL"))}

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
