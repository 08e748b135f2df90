"""`python -m tests.monkey`: see `runner`."""

import sys

from tests.monkey.runner import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
