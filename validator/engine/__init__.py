"""Facts and rules → evaluations（规则引擎）."""
