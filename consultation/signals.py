"""News that travels upwards to the pages. Sent inside the transaction of the act (insight)."""

from django.dispatch import Signal

insight_published = Signal()
insight_withdrawn = Signal()
