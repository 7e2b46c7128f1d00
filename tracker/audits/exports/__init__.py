"""Files that people take away of audits and of other evidence; which rows there are is the queries'."""
