"""What people say of an article in place of what was read of it."""
