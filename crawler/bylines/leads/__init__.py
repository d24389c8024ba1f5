"""What leads or follows the names of a line: "By", "Von", "文/", "기자"."""
