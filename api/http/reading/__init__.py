"""What all lists and answers have in common: what can be asked, pages, and forms."""
