"""The rule book of case-file audits as pure functions: values in, values out."""
