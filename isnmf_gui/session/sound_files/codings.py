"""Naming the coding of a file that cannot be read."""

from __future__ import annotations

from typing import Literal

from isnmf_gui.session.sound_files.streams import chunks, flac
from isnmf_gui.session.sound_files.streams.file_bytes import FileBytes
from isnmf_gui.texts import tr

#: What files begin with, after so many bytes, and what they are.
BEGINNINGS = (
    (4, b"ftyp", "MPEG-4 (M4A: AAC, ALAC)"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "Windows Media (WMA)"),
    (0, b"\x1a\x45\xdf\xa3", "Matroska, WebM"),
    (0, b"#!AMR", "AMR"),
    (0, b"MAC ", "Monkey’s Audio (APE)"),
    (0, b"wvpk", "WavPack"),
    (0, b"TTA1", "True Audio (TTA)"),
    (0, b"MPCK", "Musepack"),
    (0, b"MP+", "Musepack"),
    (0, b"OFR ", "OptimFROG"),
    (0, b"ajkg", "Shorten"),
    (0, b"DSD ", "DSD"),
    (0, b"FRM8", "DSD"),
    (0, b".RMF", "RealAudio"),
    (0, b".ra\xfd", "RealAudio"),
    (0, b"FLV\x01", "Flash Video"),
    (0, b"MThd", "MIDI"),
    (0, b"\x0b\x77", "AC-3"),
    (0, b"\x7f\xfe\x80\x01", "DTS"),
    (0, b"ADIF", "AAC"),
    (8, b"AVI ", "AVI"),
    (0, b"\x00\x00\x01\xba", "MPEG video"),
    (0, b"\x47\x40", "MPEG transport stream"),
)
#: How the first packet of an Ogg stream begins.
OGG_PACKETS = {
    b"Speex   ": "Speex",
    b"\x7fFLAC": "FLAC",
    b"\x80theora": "Theora",
    b"fishead\0": "Skeleton",
}
#: Numbers that WAV files have for codings.
WAV_TAGS = {
    0x0001: "PCM",
    0x0002: "MS ADPCM",
    0x0003: "float",
    0x0006: "A-law",
    0x0007: "µ-law",
    0x0009: "DTS",
    0x000A: "Windows Media Voice",
    0x0010: "OKI ADPCM",
    0x0011: "IMA ADPCM",
    0x0022: "TrueSpeech",
    0x0031: "GSM 6.10",
    0x0040: "G.721 ADPCM",
    0x0042: "G.723.1",
    0x0050: "MPEG layer 1, 2",
    0x0055: "MP3",
    0x0057: "AMR",
    0x0061: "DK4 ADPCM",
    0x0062: "DK3 ADPCM",
    0x0064: "G.726 ADPCM",
    0x0069: "IMA ADPCM",
    0x0083: "G.729",
    0x0092: "AC-3 (S/PDIF)",
    0x00FF: "AAC",
    0x0160: "Windows Media Audio 1",
    0x0161: "Windows Media Audio 2",
    0x0162: "Windows Media Audio Professional",
    0x0163: "Windows Media Audio Lossless",
    0x0270: "ATRAC3",
    0x1600: "AAC",
    0x1602: "AAC",
    0x1610: "AAC",
    0x2000: "AC-3",
    0x2001: "DTS",
    0x5756: "WavPack",
    0x566F: "Vorbis",
    0x674F: "Vorbis",
    0x6750: "Vorbis",
    0x6751: "Vorbis",
    0x676F: "Vorbis",
    0x6770: "Vorbis",
    0x6771: "Vorbis",
    0xA109: "Speex",
    0xF1AC: "FLAC",
}
EXTENSIBLE = 0xFFFE
#: What libsndfile decodes: such a file is damaged, and its coding is not why.
READ_TAGS = (0x0002, 0x0006, 0x0007, 0x0011, 0x0031, 0x0040, 0x0055)
READ_BITS = {0x0001: range(1, 33), 0x0003: (32, 64)}
READ_LETTERS = (
    *("NONE", "twos", "sowt", "raw", "fl32", "FL32", "fl64", "FL64", "ulaw", "ULAW", "alaw"),
    *("ALAW", "ima4", "GSM", "DWVW", "in24", "in32", "42ni", "23ni", "lpcm", "alac"),
)
#: Bits of a sample that libsndfile decodes of FLAC.
FLAC_BITS = (8, 16, 24)


def coding_of(file: FileBytes) -> str | None:
    """Return what a file that libsndfile does not read is coded in, if it is known.

    Parameters
    ----------
    file : FileBytes
        Of the file.

    Returns
    -------
    str or None
        Words for people.
    """
    head = file.at(0, 64)
    for at, beginning, name in BEGINNINGS:
        if head[at : at + len(beginning)] == beginning:
            return name
    if head[:1] == b"\xff" and head[1:2] in (b"\xf0", b"\xf1", b"\xf8", b"\xf9"):
        return "AAC"
    if head[:4] == b"OggS":
        packet = head[28:]
        return next((name for mark, name in OGG_PACKETS.items() if packet.startswith(mark)), None)
    if head[:4] in (b"fLaC", b"ID3\x03", b"ID3\x04", b"ID3\x02"):
        return _of_flac(file)
    return _of_chunks(file)


def _of_flac(file: FileBytes) -> str | None:
    info = flac.info_of(file)
    if info is None or info.n_bits in FLAC_BITS or not flac.stretches_of(file):
        return None
    return tr("FLAC with {n} bits a sample", n=info.n_bits)


def _of_chunks(file: FileBytes) -> str | None:
    """Tell by the chunk that describes the sound."""
    form = chunks.form_of(file)
    if form is None:
        return None
    for chunk in chunks.chunks(file, form):
        content = file.at(chunk.start, 40)
        name = chunk.name[:4]
        if name == b"fmt " and len(content) >= 16:
            return _of_wav(content, form is chunks.RIFX)
        if name == b"COMM" and file.at(8, 4) == b"AIFC" and len(content) >= 22:
            return _letters(content[18:22])
        if name == b"desc" and len(content) >= 12:
            return _letters(content[8:12])
    return None


def _of_wav(content: bytes, big_endian: bool) -> str | None:
    order: Literal["big", "little"] = "big" if big_endian else "little"
    tag = int.from_bytes(content[:2], order)
    if tag == EXTENSIBLE and len(content) >= 26:
        tag = int.from_bytes(content[24:26], order)
    n_bits = int.from_bytes(content[14:16], order)
    if tag in READ_TAGS or n_bits in READ_BITS.get(tag, ()):
        return None
    name = WAV_TAGS.get(tag)
    if name is None:
        return tr("number 0x{tag:04X}", tag=tag)
    return tr("{coding} with {n} bits a sample", coding=name, n=n_bits) if tag in (1, 3) else name


def _letters(code: bytes) -> str | None:
    """Return four letters that name a coding, as they stand in the file."""
    text = code.decode("latin-1").strip()
    is_other = text.isprintable() and text not in ("", *READ_LETTERS)
    return f"“{text}”" if is_other else None
