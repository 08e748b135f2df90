"""The command line of the built program."""

import sys

from isnmf_gui.cli import main

sys.exit(main())
