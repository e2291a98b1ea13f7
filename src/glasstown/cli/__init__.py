"""Stage 10: everything above -> commands.

The entry is `main.entry`; each verb is one short file that parses its options, calls the same function of
`glasstown.api`, and shows the answer.
"""
