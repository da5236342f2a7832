"""What happened to everybody in the last years, weeks and days."""

from demo.stories import alex, issuing, term, zoe

# By the name under which each is remembered as told.
ALL = {
    "documents of Zoé": issuing.zoe,
    "documents of Alex": issuing.alex,
    "a grade is corrected": issuing.correction,
    "a letter is revoked": issuing.revocation,
    "letters of this term": term.issued,
    "letters that wait for a second look": term.waiting,
    "letters that were sent back": term.spoiled,
    **zoe.STORIES,
    **alex.STORIES,
}
