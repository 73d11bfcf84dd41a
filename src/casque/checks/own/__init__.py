"""The rules that a mission adds to the checks itself."""
