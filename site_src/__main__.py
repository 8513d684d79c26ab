"""`python -m site_src` is the command line."""

import sys

from site_src.cli import main

sys.exit(main())
