"""Usable force at a place and moment: who may act there, and how long until each is there."""
