"""A language server（语言服务器）: what gouji finds, shown in an editor while one writes.

```text
buffer → kinds → reports | rule_files | config_files → problems → wire → the editor
```

Only ``server`` and the modules that it is wired from know the protocol; what is found, and
where, is told in ``problems`` with character offsets.
"""
