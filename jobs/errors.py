"""The one exception that stands for a user's mistake."""


class HwaboError(Exception):
    """Bad use or bad input as a whole: one line that says what is wrong, where, and what to do.

    The command line prints the message without a stack trace and ends with exit code 2.
    """
