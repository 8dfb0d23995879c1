"""gouji 勾稽: a linter for published Chinese government accounts."""
