"""What PortAudio's error codes mean for a person: documented in its header `portaudio.h`."""

from __future__ import annotations

from collections.abc import Sequence

from isnmf_gui.errors import PlaybackError
from isnmf_gui.texts import N_

BUSY = N_(
    "The sound device “{name}” is in use or was switched off. Close other programs that use it, "
    "or choose another device, then play again."
)
GONE = N_(
    "The sound device “{name}” is not there any more. Connect it, or choose another, then play "
    "again."
)
RATE = N_(
    "The sound device “{name}” plays at none of the sample rates that were tried. Choose another "
    "device, or set it to 44.1 or 48 kHz in the system's sound settings, then play again."
)
FORM = N_(
    "The sound device “{name}” does not take sound as this program makes it. Choose another "
    "device, such as the default one, then play again."
)
REFUSED = N_(
    "The sound device “{name}” could not be opened. Close other programs that use it, or choose "
    "another device in the system's sound settings, then play again."
)
NO_ANSWER = N_("The sound device “{name}” does not answer. Connect it anew, then play again.")
NO_MEMORY = N_("There is not enough memory to play sound. Close other programs, then play again.")
NO_SYSTEM = N_(
    "The sound system of this computer does not answer. Check its sound settings, or restart it, "
    "then play again."
)
FAULT = N_(
    "Sound cannot be played because of a fault inside the program. Play again; if that does not "
    "help, save your work and start the program anew."
)

SENTENCES = {
    -10000: NO_SYSTEM,  # paNotInitialized
    -9999: REFUSED,  # paUnanticipatedHostError
    -9998: FORM,  # paInvalidChannelCount
    -9997: RATE,  # paInvalidSampleRate
    -9996: GONE,  # paInvalidDevice
    -9995: FAULT,  # paInvalidFlag
    -9994: FORM,  # paSampleFormatNotSupported
    -9993: FORM,  # paBadIODeviceCombination
    -9992: NO_MEMORY,  # paInsufficientMemory
    -9991: FORM,  # paBufferTooBig
    -9990: FORM,  # paBufferTooSmall
    -9989: FAULT,  # paNullCallback
    -9988: FAULT,  # paBadStreamPtr
    -9987: NO_ANSWER,  # paTimedOut
    -9986: NO_SYSTEM,  # paInternalError
    -9985: BUSY,  # paDeviceUnavailable
    -9984: FAULT,  # paIncompatibleHostApiSpecificStreamInfo
    -9983: NO_ANSWER,  # paStreamIsStopped
    -9982: FAULT,  # paStreamIsNotStopped
    -9981: NO_ANSWER,  # paInputOverflowed
    -9980: NO_ANSWER,  # paOutputUnderflowed
    -9979: NO_SYSTEM,  # paHostApiNotFound
    -9978: NO_SYSTEM,  # paInvalidHostApi
    -9977: FAULT,  # paCanNotReadFromACallbackStream
    -9976: FAULT,  # paCanNotWriteToACallbackStream
    -9975: FAULT,  # paCanNotReadFromAnOutputOnlyStream
    -9974: FAULT,  # paCanNotWriteToAnInputOnlyStream
    -9973: FAULT,  # paIncompatibleStreamHostApi
    -9972: FAULT,  # paBadBufferPtr
}
#: Those that another rate or number of channels may help against.
OF_FORM = (-9998, -9997, -9994, -9991, -9990)


def playback_error(errors: Sequence[Exception], name: str, details: str = "") -> PlaybackError:
    """Return a sentence for why PortAudio did not do something.

    Parameters
    ----------
    errors : sequence of sounddevice.PortAudioError
        Of every try; not empty. That tells most which is about more than the form of the sound.
    name : str
        Of the device.
    details : str, optional
        For the details; by default what PortAudio says of the last one.

    Returns
    -------
    PlaybackError
        To be raised or shown.
    """
    codes = [_code(error) for error in errors]
    code = next((it for it in codes if it not in OF_FORM), codes[-1])
    sentence = SENTENCES.get(code, REFUSED).filled(name=name)
    return PlaybackError(sentence, details or str(errors[-1]))


def _code(error: Exception) -> int:
    """Return PortAudio's number; 0 for what sounddevice found by itself."""
    codes = [it for it in error.args[1:2] if isinstance(it, int)]
    return codes[0] if codes else 0
