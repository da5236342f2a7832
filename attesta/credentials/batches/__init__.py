"""Many documents handed in as one file: read, checked as a whole, then issued row by row."""
