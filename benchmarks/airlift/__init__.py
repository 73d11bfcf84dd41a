"""The AFRL Airlift Challenge as a benchmark of tasking: its world in our words, our orders in its simulator."""
