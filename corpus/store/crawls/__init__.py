"""What crawls did: visits recorded, runs, hosts, the sources' blocks and figures."""
