"""People who walk through the service in a real browser; what they should see is the tests'."""
