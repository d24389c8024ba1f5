"""What people corrected, in the words of pages: below the pages of articles and of sources, which both show it."""
