"""Fixtures for all tests, written in ``tests/making``; how properties are tried."""

from hypothesis import HealthCheck, settings
from office_files import converted

__all__ = ["converted"]

# The same examples every time: a gate that fails by chance teaches people to run it again.
settings.register_profile(
    "gouji",
    deadline=None,
    derandomize=True,
    max_examples=100,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.filter_too_much,
    ],
)
settings.load_profile("gouji")
