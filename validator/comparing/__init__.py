"""Two versions of a report side by side（对比）: findings and figures that come, go, change.

>>> from validator.comparing import compare
>>> from validator.run import check
>>> report = check("云岭县水务局2020年度部门决算。收入总计1.00万元。".encode(), name="a.txt")
>>> compare(report, report).figures
()
"""

from validator.comparing.compare import compare
from validator.comparing.results import ChangeKind, Comparison, FigureChange, Kept

__all__ = ["ChangeKind", "Comparison", "FigureChange", "Kept", "compare"]
