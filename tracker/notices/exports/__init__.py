"""Notices on their way out: letters as mails, and mails to the mail server; what is told is decided below."""
