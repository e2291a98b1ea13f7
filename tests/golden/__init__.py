"""Golden micro-lives: one for each sentence of docs/the-day.md that could be misread."""
