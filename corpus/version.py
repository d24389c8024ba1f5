"""The version of Pressmark; the build reads it here, too. This module loads nothing: `pressmark --version` is quick."""

VERSION = "0.2.0"
