"""Case-file audits: themes, rounds, files, grades, findings and immediate concerns."""
