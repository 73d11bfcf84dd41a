"""Deployment: a force in, a time-phased movement plan and its bound out."""
