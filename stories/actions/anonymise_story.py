"""The worker takes out what may show who somebody is, and the readers get a text to read."""

from dataclasses import replace

from stories.enums import StoryState
from stories.models import LocalName, Redaction, Story, Words
from stories.text import LocalName as Name
from stories.text import Mark, Redacted, Span, identifiers, redact

# Both texts are looked at as one, so that a friend is the same [friend] in both.
_BETWEEN = "\n\n\x1f\n\n"


def anonymise_story(story: Story) -> None:
    """Writes the anonymised texts and their redactions from the sealed words.

    Runs inside the transaction of its owed step; running it again gives the same result. A story
    that was taken back stays empty.
    """
    if story.state == StoryState.WITHDRAWN:
        return
    text, wish = masked(story.submission.open())
    story.text, story.wish = text.text, wish.text
    if story.state == StoryState.RECEIVED:
        story.state = StoryState.READING
    story.save(update_fields=["text", "wish", "state"])
    replace_redactions(story, Redaction.Part.TEXT, text)
    replace_redactions(story, Redaction.Part.WISH, wish)


def masked(words: Words) -> tuple[Redacted, Redacted]:
    """Story and wish as others would see them. Stores nothing: also for the teller's own check."""
    local = [Name(kind, name) for kind, name in LocalName.objects.values_list("kind", "name")]
    whole = _clean(words.story) + _BETWEEN + _clean(words.wish)
    between = len(_clean(words.story))
    spans = [s for span in identifiers(whole, local) for s in _on_each_side(span, between)]
    both = redact(whole, spans)
    cut = both.text.index(_BETWEEN)
    after = cut + len(_BETWEEN)
    text = Redacted(both.text[:cut], [m for m in both.marks if m.end <= cut])
    wish = Redacted(both.text[after:], [_moved(m, -after) for m in both.marks if m.start >= after])
    return text, wish


def _on_each_side(span: Span, between: int) -> list[Span]:
    """The span; or its two ends, when the end of the story and the start of the wish read as one.

    "I live at 14" and "Tanner Road should be safe" make an address: both ends of it are taken out.
    """
    after = between + len(_BETWEEN)
    ends = [(span.start, min(span.end, between)), (max(span.start, after), span.end)]
    return [replace(span, start=start, end=end) for start, end in ends if start < end]


def replace_redactions(story: Story, part: str, redacted: Redacted) -> None:
    """Makes the stored redactions of one part those of `redacted`."""
    story.redactions.filter(part=part).delete()
    Redaction.objects.bulk_create(
        Redaction(
            story=story,
            part=part,
            start=mark.start,
            end=mark.end,
            kind=mark.type,
            label=mark.label,
            reason=mark.reason,
            score=mark.score,
        )
        for mark in redacted.marks
    )


def _clean(words: str) -> str:
    return words.replace("\x1f", " ").replace("\r\n", "\n").strip()


def _moved(mark: Mark, by: int) -> Mark:
    return Mark(mark.start + by, mark.end + by, mark.type, mark.label, mark.reason, mark.score)
