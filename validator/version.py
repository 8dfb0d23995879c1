"""The one place that names the version（版本号）."""

__version__ = "0.1.0"
