"""Rules of engagement and caveats: may this unit do this, here, now, and who is usable."""
