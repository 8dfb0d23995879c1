"""Document → figures, facts and claims（读懂报告）."""

from validator.extract.grammar import understand

__all__ = ["understand"]
