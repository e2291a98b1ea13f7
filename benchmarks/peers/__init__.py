"""The same small model written for other tools."""
