"""The world between theatres: airports and ports by their codes, sea lanes, and the way that an aircraft flies where air is barred."""
