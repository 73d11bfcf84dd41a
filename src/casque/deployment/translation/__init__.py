"""From movement lines, network and lift to the scheduler's arrays, and back."""
