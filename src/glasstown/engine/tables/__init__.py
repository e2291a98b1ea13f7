"""The tables that steps read and write: bundles, lives, the society's model, the offices' practice, state, hazards."""
