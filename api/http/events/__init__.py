"""Telling others: what happened, who wants to hear of it, and the way there."""
