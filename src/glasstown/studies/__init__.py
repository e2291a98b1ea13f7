"""Many runs -> one finding: pairs of towns, sweeps of settings, plausible draws, what would have saved one life."""
