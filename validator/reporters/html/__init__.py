"""The report as a web page（网页报告）."""
