"""Profiles: what was packed is read, for one and for all."""

from __future__ import annotations

import numpy as np

from plain_kernels import plain

profiles = plain("tables.profiles")


def test_profile__gives_back_what_was_packed() -> None:
    group = np.array([0, 4, 15, 15], dtype=np.uint8)
    urban = np.array([False, True, False, True])
    household = np.array([0, 1, 255, 255], dtype=np.uint8)
    words = profiles.pack_profiles(group, urban, household)
    assert [profiles.group_of(word) for word in words] == profiles.groups_of(words).tolist() == group.tolist()
    assert (
        [profiles.household_of(word) for word in words] == profiles.households_of(words).tolist() == household.tolist()
    )
    assert [profiles.urban_of(word) for word in words] == urban.tolist()


def test_other_households__leave_the_rest_as_it_is() -> None:
    words = profiles.pack_profiles(np.array([3], np.uint8), np.array([True]), np.array([200], np.uint8))
    moved = profiles.in_households(words, np.array([7], dtype=np.uint8))
    assert (profiles.group_of(moved[0]), profiles.urban_of(moved[0]), profiles.household_of(moved[0])) == (3, 1, 7)
