"""What the graph is, and where it lives: schema, store and published snapshots."""
