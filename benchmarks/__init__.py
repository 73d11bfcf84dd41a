"""Benchmarks: each asserts the answer as well as the time, and prints a ratio to a peer measured in the same run."""
