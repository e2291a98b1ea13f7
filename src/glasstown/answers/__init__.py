"""What the commands and the Python interface answer: typed results that print, tabulate and draw themselves.

Every command and every function of `glasstown.api` returns one of these.
They calculate nothing about a life or a town.
"""
