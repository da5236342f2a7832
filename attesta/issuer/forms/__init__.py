"""What staff type, a file a page family."""
