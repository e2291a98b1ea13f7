"""One person's month: the day, points and their lapse, lists, turns of the calendar, and the order of these."""
