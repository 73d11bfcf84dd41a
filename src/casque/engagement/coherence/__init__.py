"""Whether the rules of a mission agree with one another, asked of an SMT solver."""
