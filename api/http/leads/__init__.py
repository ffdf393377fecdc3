"""Leads: firms taken over from the targets, and what becomes of them in the graph."""
