"""The local page（本机网页）: ``gouji serve``."""
