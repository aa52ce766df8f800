import pytest

from stories.text import LocalName, identifiers


def found(text: str, *local: LocalName) -> list[tuple[str, str]]:
    return [(span.type, text[span.start : span.end]) for span in identifiers(text, local)]


@pytest.mark.parametrize(
    ("text", "type_", "words"),
    [
        ("I go to St Brannock's Primary School now", "SCHOOL", "St Brannock's Primary School"),
        ("i go to st brannocks primary now", "SCHOOL", "st brannocks primary"),
        ("at Al-Noor Mosque we talked", "FAITH_PLACE", "Al-Noor Mosque"),
        ("at Masjid an-Noor we talked", "FAITH_PLACE", "Masjid an-Noor"),
        ("she was in Fernbrook General Hospital", "HEALTH_PLACE", "Fernbrook General Hospital"),
        ("i went to the larkfield clinic", "HEALTH_PLACE", "larkfield clinic"),
        ("the Little Acorns Playgroup is fun", "ORG", "Little Acorns Playgroup"),
        ("we live at 14 Tanner Road with nan", "ADDRESS", "14 Tanner Road"),
        ("we live at 14 tanner road with nan", "ADDRESS", "14 tanner road"),
        ("it is on vestry lane by us", "ADDRESS", "vestry lane"),
        ("in Flat 9, Pelican Court, Osier Road", "ADDRESS", "Flat 9, Pelican Court, Osier Road"),
        ("we moved to peckham last year", "PLACE", "peckham"),
        ("we stayed in Zedbury for a week", "PLACE", "Zedbury"),
    ],
)
def test_a_place_is_found(text: str, type_: str, words: str) -> None:
    assert (type_, words) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "my school is big and the church is old",
        "The Primary School and the Youth Club closed",
        "I went to Sunday School and the Catholic Church",
        "it is 20 minutes walk down the main road",
        "I was reading in the bath",
        "London is in England and Lagos in Nigeria",
    ],
)
def test_general_places_stay(text: str) -> None:
    assert found(text) == []


def test_a_local_name_is_found_in_any_case_and_spelling_of_apostrophes() -> None:
    local = LocalName("school", "St Brannock's")
    assert found("i like st brannocks", local) == [("SCHOOL", "st brannocks")]


def test_a_local_name_that_is_a_word_needs_its_capital() -> None:
    local = LocalName("school", "Hope")
    assert found("i hope we go to Hope", local) == [("SCHOOL", "Hope")]


def test_every_kind_of_local_name_has_its_type() -> None:
    kinds = ["school", "faith_place", "health_place", "organisation", "place", "street"]
    local = [LocalName(kind, f"Zed{n}wick") for n, kind in enumerate(kinds)]
    text = " ".join(name.name for name in local)
    types = [type_ for type_, _ in found(text, *local)]
    assert types == ["SCHOOL", "FAITH_PLACE", "HEALTH_PLACE", "ORG", "PLACE", "ADDRESS"]


def test_an_unknown_kind_of_local_name_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown kind"):
        LocalName("pub", "The Grapes")


def test_a_star_in_a_local_name_is_not_a_wildcard() -> None:
    assert found("we like zedwicks", LocalName("school", "zedw*")) == []
