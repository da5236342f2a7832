"""The demonstration: invented institutions and people, real documents, real history. Never in production."""
