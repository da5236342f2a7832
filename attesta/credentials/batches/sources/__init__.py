"""A handed-in file, read into documents. Nothing here knows the database."""
