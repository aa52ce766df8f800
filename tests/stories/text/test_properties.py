import string
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from stories.text import Codebook, concerns, identifiers, redact, redact_more, relabel, themes

PIECES = [
    "my friend", "Quillon", "jo", "Mrs Okoro's", "07700 900123", "sam@post.example", "@sam_1",
    "St Brannock's School", "14 Tanner Road", "SE15 4QQ", "Peckham", "hits me", "\u2019s", "-",
    ". ", "\n", "e\u0301", "नमस्ते", "👨‍👩‍👧", "4 May", "called", "Hope", "hope", "[a friend]",
]  # fmt: skip
SHORT = st.text(alphabet=string.printable + "é\u2019\u0301ßİ", max_size=12)
STORIES = st.lists(st.sampled_from(PIECES) | SHORT, max_size=25).map(" ".join) | st.text()
BOOK = Codebook.load()


@given(STORIES)
@settings(deadline=None)
def test_spans_are_in_bounds_sorted_apart_and_cut_no_word(text: str) -> None:
    end = 0
    for span in identifiers(text):
        assert end <= span.start < span.end <= len(text)
        for edge in (span.start, span.end):
            around = text[max(0, edge - 1) : edge + 1] if 0 < edge < len(text) else ""
            assert not (len(around) == 2 and around.isalnum())
        assert span.label.startswith("[")
        assert 0 < span.score <= 1
        end = span.end


@given(STORIES)
@settings(deadline=None)
def test_redaction_only_swaps_words_for_labels(text: str) -> None:
    spans = identifiers(text)
    redacted = redact(text, spans)
    removed = sum(s.end - s.start for s in spans)
    added = sum(len(s.label) for s in spans)
    assert len(redacted.text) == len(text) - removed + added
    assert all(redacted.text[m.start : m.end] == m.label for m in redacted.marks)


@given(STORIES, st.sampled_from(["x", "a longer label", "[a friend]"]))
@settings(deadline=None)
def test_edits_keep_every_mark_on_its_label(text: str, label: str) -> None:
    moved = [replace(s, start=s.start + 4, end=s.end + 4) for s in identifiers(text)]
    redacted = redact_more(redact(f"zed {text}", moved), "ZED", "PERSON", "a boy", "seen")
    for index in range(len(redacted.marks)):
        redacted = relabel(redacted, index, label)
    assert all(redacted.text[m.start : m.end] == m.label for m in redacted.marks)


@given(STORIES)
@settings(deadline=None)
def test_concerns_and_themes_answer_any_string(text: str) -> None:
    concern = concerns(text)
    assert concern.level in ("none", "worry", "urgent")
    assert 0 <= concern.score <= 1
    assert all(0 <= e.start <= e.end <= len(text) for e in concern.evidence)
    for suggestion in themes(text, BOOK):
        assert 0.5 <= suggestion.score <= 1
        assert all(0 <= c.start < c.end <= len(text) for c in suggestion.evidence)
