"""The explorer: one web application on the user's own machine, over what the stages before it answer.

`serving` starts it, `app` has its addresses, `guard` lets in what may come in, `asked` reads an address, `jobs` computes one thing
after another; towns, lives and comparisons are made by `towns`, `written` and `changed`, and each page has a file of its name.
"""
