"""Pocket cards and training cards: what a soldier carries and is asked about, on one page, in English or French."""
