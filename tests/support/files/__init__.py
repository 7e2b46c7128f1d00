"""Files for tests: honest ones and hostile ones, all made in code."""
