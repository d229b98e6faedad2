"""Recorded steps from printed numbers to what a measure needs: one route a file."""
