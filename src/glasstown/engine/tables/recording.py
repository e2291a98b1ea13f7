"""How surely what is found out is written down: by who finds it, and under which rulebook."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from glasstown.language.acts import Act

Numbers = Mapping[str, Decimal]


def own(stem: str, rulebook_id: str, numbers: Numbers) -> Decimal:
    """Return the parameter of this rulebook, or the default one."""
    return numbers.get(f"{stem}.{rulebook_id}", numbers[f"{stem}.default"])


def recorded_share(act: Act, rulebook_id: str, numbers: Numbers, *, good: bool) -> Decimal:
    """Return the share of what is found out of an act that a rulebook's office writes down, before campaigns and places.

    What a court finds is the court's own decision and has a share of its own; of the rest, it is the scheme's share for offences or
    for good deeds, times that of the agency that finds it.
    """
    if act.detected.by == "court":
        return own("recording.court", rulebook_id, numbers)
    scheme = own("recording.rewards" if good else "recording.dishonesty", rulebook_id, numbers)
    return min(scheme * numbers[f"recording.agency.{act.detected.by.replace(' ', '_')}"], Decimal(1))
