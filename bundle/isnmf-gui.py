"""The window of the built program."""

import sys

from isnmf_gui.gui.app import main

sys.exit(main())
