"""Spectrograms as PNG files with axes, without a window."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from isnmf_gui.session.document.document import Component, Run
from isnmf_gui.session.document.scenes import SHOWN_RANGE_DB, Region, component_scene
from isnmf_gui.spectral.pictures.colormap import color_table
from isnmf_gui.spectral.pictures.grid import to_levels

WIDTH, HEIGHT = 900, 420
LEFT, TOP, RIGHT, BOTTOM = 78, 40, 110, 52
#: Latin letters come first; the font has all of them up to here.
MOST_LETTERS = 0x180
INK, PAPER = (40, 40, 44), (255, 255, 255)


def write_component_picture(path: Path, run: Run, component: Component) -> None:
    """Draw a component's spectrogram in dB below its loudest point.

    Parameters
    ----------
    path : Path
        The PNG file to write.
    run : Run
        Of the component.
    component : Component
        As it is now.
    """
    scene = component_scene(run, component.index)  # as the window shows it
    region = Region(0.0, scene.duration_s, 0.0, scene.highest_hz, WIDTH, HEIGHT, logarithmic=False)
    title = _title(run, component)
    image = _drawn(scene.render(region), scene.duration_s, scene.highest_hz, title)
    image.save(path, format="PNG")


def _title(run: Run, component: Component) -> str:
    """Return the component's name, as far as the font that comes with Pillow has its letters."""
    name = component.name
    if not all(letter.isprintable() and ord(letter) < MOST_LETTERS for letter in name):
        name = f"Component {component.number}"
    return name if component.title else f"{name} of {len(run.components)}"


def _drawn(
    picture: NDArray[np.floating], duration_s: float, highest_hz: float, title: str
) -> Image.Image:
    colors = color_table()[to_levels(picture, -SHOWN_RANGE_DB, 0)[::-1]]
    size = (LEFT + WIDTH + RIGHT, TOP + HEIGHT + BOTTOM)
    image = Image.new("RGB", size, PAPER)
    image.paste(Image.fromarray(colors), (LEFT, TOP))
    bar = np.repeat(color_table()[::-1, None], 16, axis=1)
    image.paste(Image.fromarray(bar).resize((16, HEIGHT)), (LEFT + WIDTH + 20, TOP))
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(14)
    draw.text((LEFT + WIDTH / 2, 12), title, INK, font, anchor="ma")
    for second in ticks(duration_s):
        x = LEFT + second / duration_s * WIDTH
        draw.line((x, TOP + HEIGHT, x, TOP + HEIGHT + 5), INK)
        draw.text((x, TOP + HEIGHT + 8), f"{second:g}", INK, font, anchor="ma")
    for hertz in ticks(highest_hz):
        y = TOP + HEIGHT * (1 - hertz / highest_hz)
        draw.line((LEFT - 5, y, LEFT, y), INK)
        draw.text((LEFT - 9, y), f"{hertz:g}", INK, font, anchor="rm")
    for level in range(-int(SHOWN_RANGE_DB), 1, 20):
        y = TOP - level / SHOWN_RANGE_DB * HEIGHT
        draw.text((LEFT + WIDTH + 42, y), f"{level} dB", INK, font, anchor="lm")
    draw.text((LEFT + WIDTH / 2, TOP + HEIGHT + 30), "time in s", INK, font, anchor="ma")
    draw.text((8, 12), "frequency in Hz", INK, font)
    return image


def ticks(length: float, most: int = 10) -> list[float]:
    """Return round numbers from 0 to `length`, at most `most` steps of 1, 2 or 5 times 10^n."""
    rough = length / most
    power = 10.0 ** np.floor(np.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999)
    return [float(i * step) for i in range(int(length / step) + 1)]
