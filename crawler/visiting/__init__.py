"""One leased URL -> its visit, stored."""
