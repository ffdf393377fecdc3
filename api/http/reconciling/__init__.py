"""The Reconciliation API of OpenRefine: its manifest, its questions, its answers."""
