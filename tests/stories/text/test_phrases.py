from stories.text.phrases import PhraseIndex


def found(phrases: list[str], text: str) -> list[tuple[str, str]]:
    return [(m.phrase, text[m.start : m.end]) for m in PhraseIndex(phrases).find(text)]


def test_the_longest_phrase_wins() -> None:
    assert found(["foster*", "foster carer"], "my foster carer") == [
        ("foster carer", "foster carer")
    ]


def test_hyphens_and_spaces_are_one() -> None:
    assert found(["self-harm*"], "Self harming, self-harm") == [
        ("self-harm*", "Self harming"),
        ("self-harm*", "self-harm"),
    ]


def test_a_phrase_never_begins_or_ends_inside_a_word() -> None:
    assert found(["art", "car"], "start cart scar") == []


def test_a_star_may_stand_inside_a_phrase() -> None:
    assert found(["hit* my mum"], "he hitting my mum") == [("hit* my mum", "hitting my mum")]


def test_a_phrase_without_letters_is_ignored() -> None:
    assert found(["", "*", "--"], "some words") == []
