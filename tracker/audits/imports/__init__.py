"""Files of past audits on their way in; what their words mean is a rule, storing them a command.

Nothing is imported here: the small program that reads a workbook apart (`excel_rows`) starts without the rest.
"""
