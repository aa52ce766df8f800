import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories import receipts

KEY = os.urandom(32)


def test_a_number_has_sixteen_digits_in_four_groups() -> None:
    number = receipts.number_for(receipts.new_form_key(), KEY)
    assert len(number) == 16
    assert [len(group) for group in receipts.grouped(number).split()] == [4, 4, 4, 4]


def test_the_same_form_leads_to_the_same_number() -> None:
    key = receipts.new_form_key()
    assert receipts.number_for(key, KEY) == receipts.number_for(key, KEY)


def test_another_form_or_another_site_leads_to_another_number() -> None:
    key = receipts.new_form_key()
    numbers = {
        receipts.number_for(key, KEY),
        receipts.number_for(key, os.urandom(32)),
        receipts.number_for(receipts.new_form_key(), KEY),
    }
    assert len(numbers) == 3


@pytest.mark.parametrize(
    "typed",
    [
        "4081 7726 9350 1148",
        "4081772693501148",
        " 4081-7726-9350-1148\n",
        "4081.7726.9350.1148",
        "4o81 7726 935O ll48",
        "\uff14\uff10\uff18\uff11 7726 9350 1148",
        "٤٠٨١ ٧٧٢٦ ٩٣٥٠ ١١٤٨",
    ],
)
def test_people_may_write_their_number_as_they_like(typed: str) -> None:
    assert receipts.normalised(typed) == "4081772693501148"


@pytest.mark.parametrize(
    "typed",
    ["", "4081", "4081 7726 9350 11480", "abcd efgh", "²" * 16, "4081x7726935011488", "1" * 9999],
)
def test_what_is_no_number_is_nothing(typed: str) -> None:
    assert receipts.normalised(typed) == ""


@given(st.text())
@settings(max_examples=200)
def test_nothing_anybody_types_breaks_it(typed: str) -> None:
    assert len(receipts.normalised(typed)) in {0, 16}


def test_the_lookup_tells_nothing_without_the_site_key() -> None:
    one = receipts.lookup("4081772693501148", KEY)
    assert len(one) == 32
    assert one == receipts.lookup("4081772693501148", KEY)
    assert one != receipts.lookup("4081772693501148", os.urandom(32))


@pytest.mark.parametrize("key", ["", "short", "x" * 65, "a b" * 10, "é" * 30])
def test_only_keys_we_could_have_made_are_form_keys(key: str) -> None:
    assert not receipts.is_form_key(key)
    assert receipts.is_form_key(receipts.new_form_key())
