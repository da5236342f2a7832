"""Pages of the issuer's door, a file a page family."""
