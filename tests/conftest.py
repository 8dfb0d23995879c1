"""Fixtures for all tests; they are written in ``tests/making``."""

from office_files import converted

__all__ = ["converted"]
