-- The lists (feeds, sitemaps, sections) whose last visit gave nothing: few among all addresses, and looked for by status.
CREATE INDEX frontier_lost_lists ON frontier (source)
    WHERE kind != 'article' AND outcome IN ('failed', 'refused', 'not-article');
