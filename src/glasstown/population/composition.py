"""Of whom a place is made, in exact shares: by sex, and by year of age."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from glasstown.language.parameters import PlaceFile
from glasstown.population.tables import by_year


@dataclass(frozen=True, slots=True)
class Composition:
    """Shares of a place's people; sex and age do not hang together.

    women   share of women
    ages    share of each age, from 0 to 120
    """

    women: Decimal
    ages: tuple[Decimal, ...]

    @classmethod
    def of(cls, place: PlaceFile) -> Composition:
        """Return the shares of a place."""
        return cls(place.female.value, tuple(by_year(place.age)))

    def among(self, first: int, last: int, *, from_age: int) -> Decimal:
        """Return the share of ages first to last among those from an age on."""
        every = sum(self.ages[from_age:], Decimal(0))
        return sum(self.ages[max(first, from_age) : last + 1], Decimal(0)) / every if every else Decimal(0)
