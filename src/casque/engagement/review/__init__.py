"""Rules as they change: what became permitted to whom, and what waits, expires or has to be reviewed."""
