"""`python -m tests.benchmarks`: see `runner`."""

import sys

from tests.benchmarks.runner import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
