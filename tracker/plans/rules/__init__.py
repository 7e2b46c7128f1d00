"""The rule book of plans as pure functions: values in, values out."""
