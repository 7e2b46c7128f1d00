"""The reports of a plan as tables that leave the service: CSV, Excel and what the command prints."""
