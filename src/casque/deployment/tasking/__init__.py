"""Tasking of single aircraft and ships from the picture as it is: who picks up what, where it goes next, again after every change."""
