"""What helps those who work on Glasstown; no part of the package."""
