"""What every step of the month stands on: compiling and its cache, chance, the calendar, entries, identities."""
