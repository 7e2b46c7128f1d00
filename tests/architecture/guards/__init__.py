"""The rules of the house as functions: each reads a folder and returns its complaints, one line each."""
