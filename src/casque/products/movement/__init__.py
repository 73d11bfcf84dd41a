"""The movement plan as lists and as a plan for every nation, and what nations bring back."""
