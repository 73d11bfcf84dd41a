"""Execution: what has moved stays moved; the rest is planned again from now on, with the least change to what is announced."""
