import pytest

from stories.text import Mark, NotFound, Redacted, Span, redact, redact_more, relabel


def span(start: int, end: int, label: str = "[a friend]") -> Span:
    return Span(start, end, "PERSON", label, "because", 0.9)


@pytest.fixture
def story() -> Redacted:
    return redact("Ann met Bo and Bo ran", [span(0, 3), span(8, 10, "[a friend 2]")])


def marked(redacted: Redacted) -> list[str]:
    return [redacted.text[m.start : m.end] for m in redacted.marks]


def test_each_span_is_replaced_by_its_label(story: Redacted) -> None:
    assert story.text == "[a friend] met [a friend 2] and Bo ran"


def test_marks_point_at_the_labels(story: Redacted) -> None:
    assert story.marks[1] == Mark(15, 27, "PERSON", "[a friend 2]", "because", 0.9)
    assert marked(story) == [m.label for m in story.marks]


def test_no_spans_leave_the_text_alone() -> None:
    assert redact("quiet", []) == Redacted("quiet", [])


@pytest.mark.parametrize("spans", [[span(0, 4), span(3, 5)], [span(2, 2)], [span(3, 99)]])
def test_overlapping_empty_or_outside_spans_are_refused(spans: list[Span]) -> None:
    with pytest.raises(ValueError, match="spans"):
        redact("hello there", spans)


def test_relabelling_moves_the_later_marks(story: Redacted) -> None:
    changed = relabel(story, 0, "my cousin")
    assert changed.text == "[my cousin] met [a friend 2] and Bo ran"
    assert marked(changed) == ["[my cousin]", "[a friend 2]"]


def test_relabelling_leaves_the_first_story_as_it_was(story: Redacted) -> None:
    relabel(story, 0, "my cousin")
    assert story.text.startswith("[a friend] met")


@pytest.mark.parametrize("typed", ["a cousin", "[a cousin]", " [[a\n cousin]] ", "a ]cousin["])
def test_a_typed_label_is_cleaned(story: Redacted, typed: str) -> None:
    assert relabel(story, 0, typed).marks[0].label == "[a cousin]"


@pytest.mark.parametrize("typed", ["", "  ", "[]", "[ ]", "--"])
def test_an_empty_label_is_refused(story: Redacted, typed: str) -> None:
    with pytest.raises(ValueError, match="label"):
        relabel(story, 0, typed)
    with pytest.raises(ValueError, match="label"):
        redact_more(story, "Bo", "PERSON", typed, "a curator saw it")


@pytest.mark.parametrize("index", [2, -1])
def test_relabelling_a_mark_that_is_not_there_is_refused(story: Redacted, index: int) -> None:
    with pytest.raises(IndexError):
        relabel(story, index, "a cousin")


def test_more_words_are_replaced_in_any_case_and_only_whole() -> None:
    more = redact_more(redact("Bo, bo and Bobby", []), "BO", "PERSON", "a boy", "seen")
    assert more.text == "[a boy], [a boy] and Bobby"


def test_more_words_may_be_parted_by_any_space() -> None:
    more = redact_more(redact("Bo  Peep ran", []), "bo peep", "PERSON", "a girl", "seen")
    assert more.text == "[a girl] ran"


def test_words_inside_a_label_are_left_alone(story: Redacted) -> None:
    with pytest.raises(NotFound):
        redact_more(story, "friend", "PERSON", "a person", "seen")


def test_new_marks_stand_among_the_old_in_order(story: Redacted) -> None:
    more = redact_more(story, "bo", "PERSON", "a boy", "seen")
    assert more.text == "[a friend] met [a friend 2] and [a boy] ran"
    assert marked(more) == ["[a friend]", "[a friend 2]", "[a boy]"]
    assert more.marks[2].reason == "seen"


@pytest.mark.parametrize("words", ["Zed", "", "  ", "ran and Bo", ".*"])
def test_words_that_are_not_there_are_not_found(story: Redacted, words: str) -> None:
    with pytest.raises(NotFound):
        redact_more(story, words, "PERSON", "a boy", "seen")
