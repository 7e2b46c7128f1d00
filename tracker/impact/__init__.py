"""The loop between audit themes and the actions meant to change them."""
