"""The shelf: rulebooks side by side, how far each can be executed, their history, and the claims made of them.

The entries are `library.held`, `history.read_history` and `claims.read_claims`; each refuses what names nothing.
"""
