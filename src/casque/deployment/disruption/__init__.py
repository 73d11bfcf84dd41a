"""Disruption: closure over seeded breakdowns, weather, strikes, closed skies and lost bridges, with re-planning after each."""
