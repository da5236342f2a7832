"""PESC College Transcript XML: read 1.3 to 1.8, written 1.8. Bytes in, fields out, and back. No Django.

Element names, their order and their lengths follow PESC's CoreMain and AcademicRecord as public code and documents
show them; ``docs/formats.md`` says what was and what was not checked.
"""
