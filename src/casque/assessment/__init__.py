"""Assessment: measures against observations, broken assumptions, exit criteria, and planned against happened."""
