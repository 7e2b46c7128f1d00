"""Pages: reports of audits, each on a page, as CSV and as Excel; which figures there are is the feature's."""

from tracker.web.audits.reports import index, pages, round_report

__all__ = ["index", "pages", "round_report"]
