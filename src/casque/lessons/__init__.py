"""Lessons of earlier missions that apply to a plan, and the planning factors they would change."""
