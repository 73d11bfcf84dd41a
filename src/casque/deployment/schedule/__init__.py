"""Scheduling of many thousand loads in hours on plain arrays: dispatch, search and bounds."""
