"""A story on several pages -> all of it under one address: from one page that shows it, or joined."""
