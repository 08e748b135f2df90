"""`python -m isnmf_gui.cli`."""

import sys

from isnmf_gui.cli import main

if __name__ == "__main__":
    sys.exit(main())
