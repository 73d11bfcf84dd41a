"""Results known from elsewhere, held against what the package computes."""
