"""The Whoosh codec Pressmark uses: postings as memory-mapped arrays, queries as array operations."""
