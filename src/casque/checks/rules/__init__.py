"""The rules of the checks, one family a file."""
