"""What is stored of a consultation: see each module's first line."""

from .conference import AgendaItem, Commitment, Conference, Decision
from .consultation import Consultation
from .insight import Insight, Quote
from .priority import Priority

__all__ = [
    "AgendaItem",
    "Commitment",
    "Conference",
    "Consultation",
    "Decision",
    "Insight",
    "Priority",
    "Quote",
]
