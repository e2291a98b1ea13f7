"""How fast Glasstown is, and how much memory it takes; numbers are recorded, never asserted."""
