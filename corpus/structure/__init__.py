"""How an article's text was set on its page: headings, lists, quotes, tables, links, images."""
