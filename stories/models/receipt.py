"""The receipt: the only way back to a story, held by nobody but the teller."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from stories import keys, receipts
from stories.querysets import ReceiptQuerySet

from .story import Story


class Receipt(models.Model):
    """The slow hash by which a number finds its story. The number itself is stored nowhere."""

    story = models.OneToOneField(
        Story, on_delete=models.CASCADE, primary_key=True, related_name="receipt"
    )
    lookup = models.BinaryField(_("look-up"), max_length=32, unique=True, editable=False)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        default_permissions = ()

    def __str__(self) -> str:
        return f"Receipt of {self.story_id}"

    @staticmethod
    def lookup_for(number: str) -> bytes:
        """What `number` (16 digits) is found by; about 30 ms of work."""
        return receipts.lookup(number, keys.receipt_key())
