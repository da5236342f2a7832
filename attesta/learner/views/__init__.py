"""Pages of the learner's door, a file a page family."""
