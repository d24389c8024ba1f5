"""What the press databases export: files of many articles, split into records."""
