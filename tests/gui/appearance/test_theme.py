"""Icons in the colours of the scheme."""

from PySide6.QtGui import QIcon

from isnmf_gui.gui.appearance.theme import Theme


def test_what_is_on_but_disabled_can_be_seen(qapp) -> None:
    """Its ground is as pale as what is disabled elsewhere."""
    theme = Theme(qapp)
    icon = theme.icon("play")
    image = icon.pixmap(16, QIcon.Mode.Disabled, QIcon.State.On).toImage()
    seen = [image.pixelColor(x, y) for x in range(16) for y in range(16)]
    drawn = {it.name() for it in seen if it.alpha() == 255}
    assert drawn
    assert theme.scheme.line not in drawn
