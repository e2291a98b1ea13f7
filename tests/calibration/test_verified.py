"""Members lived anew: what may be asked, before anything is lived."""

from __future__ import annotations

import pytest

from glasstown.calibration.targets import load_targets
from glasstown.calibration.verified import lived_anew
from glasstown.errors import UsageError
from glasstown.storage.ensemble_file import Ensemble


@pytest.mark.parametrize(("n", "seed", "named"), [(0, 1, "--verify"), (3, 1, "--verify"), (1, -1, "--seed")])
def test_lived_anew__refuses_what_it_cannot_draw(n: int, seed: int, named: str) -> None:
    ensemble = Ensemble({}, {"member": (0, 1)})
    with pytest.raises(UsageError, match=f"{named}: found"):
        lived_anew(ensemble, load_targets(), n, seed)
