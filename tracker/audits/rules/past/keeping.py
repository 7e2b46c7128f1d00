"""How long a file of past audits is kept before it comes in, and how long what came in can be taken back."""

from datetime import timedelta

# The file may hold what is refused, so it is not kept for longer than the work takes.
PAST_FILES_KEPT = timedelta(days=1)
PAST_UNDONE = timedelta(days=30)
# More rows than these take longer than a page may; the command takes them.
MOST_ROWS_ON_A_PAGE = 2_000
