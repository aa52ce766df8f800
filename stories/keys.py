"""The site's keys, read from the settings. The only place that knows where keys come from."""

import base64

from django.conf import settings


def sealing_key() -> bytes:
    """32 bytes that wrap each story's own key."""
    return base64.b64decode(settings.SEALING_KEY)


def receipt_key() -> bytes:
    """32 bytes that receipt numbers are made and looked up with."""
    return base64.b64decode(settings.RECEIPT_KEY)
