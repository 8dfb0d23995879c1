"""Reports that are known to be right, and errors planted in them（自测）.

The generator writes internally consistent reports; their ledger knows every figure and every
relation that the words state, so it can tell, without gouji, which edits make a report
contradict itself.
"""
