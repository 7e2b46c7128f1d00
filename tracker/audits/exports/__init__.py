"""Files that people take away of audits; which rows there are is the queries'."""
