"""Sampled futures of the pledges: what a plan fills if some come late or stay away, and the plans that are best for that."""
