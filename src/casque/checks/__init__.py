"""Rules that a mission must satisfy, the chain of every task, and the cheapest set of changes."""
