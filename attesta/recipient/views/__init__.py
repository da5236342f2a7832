"""Pages of the recipient's door, a file a family."""
