"""What a report becomes for its reader: terminal text, or JSON（报告输出）."""
