import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.disclosure import Protected, protect


@pytest.mark.parametrize("count", range(10))
def test_a_count_under_ten_is_hidden_even_when_it_is_zero(count: int) -> None:
    assert protect(count) == Protected(None)


@pytest.mark.parametrize(("count", "shown"), [(10, 10), (12, 10), (13, 15), (47, 45), (48, 50)])
def test_any_other_count_is_rounded_to_five(count: int, shown: int) -> None:
    assert protect(count).value == shown


@given(st.integers(10, 10**9))
def test_rounding_moves_a_count_by_two_at_most(count: int) -> None:
    value = protect(count).value
    assert value is not None
    assert value % 5 == 0
    assert abs(value - count) <= 2


def test_a_negative_count_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="negative"):
        protect(-1)


@pytest.mark.parametrize(
    ("part", "whole", "share"), [(50, 100, 50), (5, 100, 0), (50, 5, 0), (100, 100, 100)]
)
def test_a_share_is_worked_out_from_what_is_shown(part: int, whole: int, share: int) -> None:
    assert protect(part).share_of(protect(whole)) == share
