"""The SQLite file: its connections, its tables, its columns and its history."""
