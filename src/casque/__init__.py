"""Casque plans, tests, follows and assesses peace missions run by several nations together."""

__version__ = "0.1.0"
