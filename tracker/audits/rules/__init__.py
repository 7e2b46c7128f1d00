"""The rule book of case-file audits as pure functions: values in, values out."""

from tracker.audits.rules.agreement import weighted_kappa

__all__ = ["weighted_kappa"]
