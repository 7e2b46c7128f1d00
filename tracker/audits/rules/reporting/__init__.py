"""Reports of audits as tables of figures, with what they rest on, and how readers from outside see them."""
