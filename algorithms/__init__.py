"""The questions: pure functions over a published snapshot, one question a module."""
