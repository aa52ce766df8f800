"""News that travels upwards: this floor tells, whoever is interested listens."""

from django.dispatch import Signal

# A step is owed (argument: pk of the OwedStep). Sent after the commit; a hint, never a promise.
step_owed = Signal()

# A story was taken back (argument: story). Sent inside the transaction, so that everything that
# rests on the story goes with it or not at all.
story_withdrawn = Signal()
