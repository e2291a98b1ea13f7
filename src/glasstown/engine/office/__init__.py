"""What authorities do with what was found: file it, enter it, decide, hear who objects, pass it on."""
