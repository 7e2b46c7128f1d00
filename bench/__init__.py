"""The benchmark that anybody can run (`.venv/bin/python -m bench`); nothing of the service depends on it."""
