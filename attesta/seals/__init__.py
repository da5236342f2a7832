"""Sealing and checking: bytes in, bytes out. Knows no other room, and no Django."""
