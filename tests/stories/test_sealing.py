import os

import pytest

from stories.sealing import CannotOpen, Sealed, open_sealed, seal

KEY = os.urandom(32)
PLACE = "stories_submission|sealed|one"


def test_sealed_words_open_in_their_own_place() -> None:
    sealed = seal("Grüße, 🙂".encode(), place=PLACE, site_key=KEY)
    assert open_sealed(sealed, place=PLACE, site_key=KEY).decode() == "Grüße, 🙂"


def test_the_words_do_not_stand_in_what_is_stored() -> None:
    sealed = seal(b"keep my shoes on", place=PLACE, site_key=KEY)
    assert b"shoes" not in sealed.words + sealed.wrapped_key


def test_every_story_has_a_key_of_its_own() -> None:
    one, two = (seal(b"the same", place=PLACE, site_key=KEY) for _ in range(2))
    mixed = Sealed(one.words, two.wrapped_key)
    with pytest.raises(CannotOpen):
        open_sealed(mixed, place=PLACE, site_key=KEY)


def test_words_moved_to_another_row_are_refused() -> None:
    sealed = seal(b"mine", place=PLACE, site_key=KEY)
    with pytest.raises(CannotOpen):
        open_sealed(sealed, place="stories_submission|sealed|two", site_key=KEY)


def test_another_site_key_opens_nothing() -> None:
    sealed = seal(b"mine", place=PLACE, site_key=KEY)
    with pytest.raises(CannotOpen):
        open_sealed(sealed, place=PLACE, site_key=os.urandom(32))


@pytest.mark.parametrize("cut", [0, 5, 12, 20])
def test_changed_or_shortened_words_are_refused(cut: int) -> None:
    sealed = seal(b"whole", place=PLACE, site_key=KEY)
    with pytest.raises(CannotOpen):
        open_sealed(Sealed(sealed.words[:cut], sealed.wrapped_key), place=PLACE, site_key=KEY)


def test_another_key_version_is_refused() -> None:
    sealed = seal(b"mine", place=PLACE, site_key=KEY)
    with pytest.raises(CannotOpen):
        open_sealed(Sealed(sealed.words, sealed.wrapped_key, 2), place=PLACE, site_key=KEY)
