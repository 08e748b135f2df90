"""The window of the built program, and what it needs another process for."""

import sys

from isnmf_gui.paths import TELL_DEVICES

if sys.argv[1:] == [TELL_DEVICES]:
    from isnmf_gui.playback.device.device_scan import tell_devices

    tell_devices()
else:
    from isnmf_gui.gui.app import main

    sys.exit(main())
