"""Figures as a language writes them: marks, percentages, intervals, dates. What is shown is rounded here, once."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from conversations.answers.calendar_words import month_name
from conversations.answers.numbers import decimal_mark

ENOUGH_FOR_DECIMALS = 100
"""People. On a smaller base a decimal would be an exactness that the figure does not have."""

SMALLEST_P = 0.001
MINUS, DASH = "−", "–"


class Numbers:
    """How one language writes figures."""

    language: str

    def whole(self, number: float) -> str:
        """1234 is "1.234" in Italian and "1,234" in English; halves are rounded up."""
        return self.decimal(number, 0)

    def decimal(self, number: float, places: int) -> str:
        """With so many decimals and the sign −."""
        rounded = Decimal(repr(float(number))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        shown = f"{abs(rounded):,}"
        if decimal_mark(self.language) == ",":
            shown = shown.translate(str.maketrans(",.", ".,"))
        return MINUS + shown if rounded < 0 else shown

    def figure(self, number: float) -> str:
        """A median, a quartile, a mean: with one decimal unless it is whole."""
        return self.whole(number) if float(number).is_integer() else self.decimal(number, 1)

    def percent(self, percent: float, base: int) -> str:
        """As "52%": with a decimal only if at least 100 are the base."""
        return f"{self.decimal(percent, places_for(base))}%"

    def interval(self, low: float, high: float, base: int) -> str:
        """As "44–60%"."""
        places = places_for(base)
        return f"{self.decimal(low, places)}{DASH}{self.decimal(high, places)}%"

    def margin(self, points: float) -> str:
        """As "±8.3". It comes from how many were asked and answered, not from what they said: always one decimal."""
        return f"±{self.decimal(points, 1)}"

    def signed(self, number: float, places: int = 0) -> str:
        """As "+12", "−3", "0"."""
        shown = self.decimal(number, places)
        return f"+{shown}" if number > 0 and any(digit in shown for digit in "123456789") else shown

    def p_value(self, p: float) -> str:
        """As "p = 0.031" and "p < 0.001"."""
        if p < SMALLEST_P:
            return f"p < {self.decimal(SMALLEST_P, 3)}"
        return f"p = {self.decimal(p, 3)}"

    def day(self, day: date) -> str:
        """As "10 marzo 2026"."""
        return f"{self._of_month(day)} {month_name(day.month, self.language)} {day.year}"

    def span(self, first: date, last: date) -> tuple[str, str]:
        """Two days as "2" and "15 marzo 2026": what both share is said once."""
        if first.year != last.year:
            return self.day(first), self.day(last)
        begin = self._of_month(first)
        if first.month != last.month:
            begin = f"{begin} {month_name(first.month, self.language)}"
        return begin, self.day(last)

    def _of_month(self, day: date) -> str:
        """The first of a month is an ordinal in Italian."""
        return "1º" if day.day == 1 and self.language == "it" else str(day.day)


def places_for(base: int) -> int:
    """The decimals of a percentage of so many people."""
    return 1 if base >= ENOUGH_FOR_DECIMALS else 0
