"""Build the briefing site: `python3 build.py --help` lists what else it does."""

import sys

from site_src.bootstrap import start

if __name__ == "__main__":
    sys.exit(start(sys.argv[1:]))
