"""What the reports of a plan tell, one report a file, worked out from a plan loaded before; no page and no file."""
