"""Pocket cards and vignettes made from the rules in force."""
