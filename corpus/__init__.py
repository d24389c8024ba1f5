"""What an article is, and where articles are stored. No network, no HTML, no index.

Nothing is loaded here: `pressmark --version` reads the version here, and so does the build.
"""

VERSION = "0.2.0"
