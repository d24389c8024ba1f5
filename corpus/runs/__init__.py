"""What runs brought, how sources do against their own past, and what is missing."""
