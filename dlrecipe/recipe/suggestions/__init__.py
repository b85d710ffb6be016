"""What to do next: small rules, each looking for one cause, in the order of one table."""
