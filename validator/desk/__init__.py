"""The desk（工作台）: checks that a user keeps on this machine, with files and decisions.

Nothing here knows of web pages: ``Desk`` is what they ask, child processes do the work.
"""
