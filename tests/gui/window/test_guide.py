"""The guide in a window of its own: every page, picture, formula and link, and a search."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextCursor, QTextFormat

from isnmf_gui.gui.appearance.theme import Choice
from isnmf_gui.gui.window.formulae import as_html
from isnmf_gui.gui.window.guide_page import pages_of
from isnmf_gui.gui.window.guide_window import GuideWindow
from isnmf_gui.paths import guide as contents


@pytest.fixture
def guide(window, qtbot) -> Iterator[GuideWindow]:
    window.actions_["guide"].trigger()
    guide = window.findChild(GuideWindow)
    qtbot.waitExposed(guide)
    yield guide
    guide.browser._rest.stop()
    guide.close()


def headings(guide: GuideWindow) -> list[str]:
    block, found = guide.browser.document().begin(), []
    while block.isValid():
        if block.blockFormat().headingLevel():
            found.append(block.text())
        block = block.next()
    return found


def pictures(guide: GuideWindow) -> list[str]:
    names = []
    for one in guide.browser.document().allFormats():
        if one.isImageFormat():
            names.append(one.toImageFormat().name())
    return names


@pytest.mark.parametrize("choice", [Choice.LIGHT, Choice.DARK])
def test_every_page_can_be_read_with_its_pictures(guide, theme, qtbot, choice) -> None:
    theme.choose(choice)
    browser, n_pictures = guide.browser, 0
    try:
        for row, page in enumerate(pages_of(contents())):
            guide.pages.setCurrentRow(row)
            assert browser.page == page
            assert headings(guide)[0] == guide.pages.currentItem().text()
            text = browser.toPlainText()
            assert not [raw for raw in ("$", "<p", "<!--", "\\", "srcset") if raw in text], page
            for name in pictures(guide):
                image = browser.loadResource(2, QUrl(name))
                assert f"-{choice}" in name
                assert 0 < image.width() <= browser.viewport().width()
                n_pictures += 1
            assert browser.horizontalScrollBar().maximum() == 0, page
    finally:
        theme.choose(Choice.SYSTEM)
    assert n_pictures > 15


def click_link(guide: GuideWindow, text: str) -> None:
    """Follow a link as a click does."""
    found = guide.browser.document().find(text)
    found.setPosition(found.selectionStart() + 1, QTextCursor.MoveMode.MoveAnchor)
    link = found.charFormat().property(QTextFormat.Property.AnchorHref)
    guide.browser.setSource(guide.browser.source().resolved(QUrl(link)))


def test_links_lead_to_pages_and_headings_and_back(guide, qtbot) -> None:
    click_link(guide, "What IS-NMF is")
    assert guide.pages.currentItem().text() == "What IS-NMF is"
    click_link(guide, "the notebook page")
    assert guide.browser.page.name == "notebook.md"
    first = guide.browser.cursorForPosition(guide.browser.viewport().rect().topLeft())
    assert "update rules" in first.block().text()
    qtbot.mouseClick(guide.back, Qt.MouseButton.LeftButton)
    assert guide.browser.page.name == "what-it-is.md"
    assert guide.pages.currentItem().text() == "What IS-NMF is"
    qtbot.mouseClick(guide.forward, Qt.MouseButton.LeftButton)
    assert guide.browser.page.name == "notebook.md"


def test_a_page_is_searched(guide, qtbot) -> None:
    guide.pages.setCurrentRow(2)
    qtbot.keyClick(guide, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert guide.search.hasFocus()
    qtbot.keyClicks(guide.search, "bases")
    n_found = guide.browser.toPlainText().lower().count("bases")
    assert n_found >= 2
    assert guide.count.text() == f"1 of {n_found}"
    assert len(guide.browser.extraSelections()) == n_found
    for expected in (*range(2, n_found + 1), 1):
        qtbot.keyClick(guide.search, Qt.Key.Key_Return)
        assert guide.count.text() == f"{expected} of {n_found}"
    qtbot.keyClick(guide.search, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert guide.count.text() == f"{n_found} of {n_found}"
    assert guide.browser.textCursor().selectedText().lower() == "bases"
    qtbot.keyClicks(guide.search, "xyz")
    assert guide.count.text() == "Not on this page"
    guide.search.clear()
    assert guide.count.text() == ""
    assert guide.browser.extraSelections() == []


def test_pictures_follow_the_width(guide, qtbot, wait) -> None:
    guide.pages.setCurrentRow(1)
    name = pictures(guide)[0]
    width = guide.browser.loadResource(2, QUrl(name)).width()
    guide.resize(600, 500)
    wait(lambda: not guide.browser._rest.isActive())
    assert guide.browser.loadResource(2, QUrl(name)).width() < width
    assert guide.browser.horizontalScrollBar().maximum() == 0


def test_there_is_one_guide(window, guide) -> None:
    window.actions_["guide"].trigger()
    assert window.findChildren(GuideWindow) == [guide]


@pytest.mark.parametrize(
    ("tex", "shown"),
    [
        ("Y = (T V)^{2/p}", "<i>Y</i> = (<i>T</i> <i>V</i>)<sup>2/<i>p</i></sup>"),
        (r"\frac{t_k}{\sum_j t_j}", "<i>t</i><sub><i>k</i></sub>/(∑<sub><i>j</i></sub> "
         "<i>t</i><sub><i>j</i></sub>)"),
        (r"\frac{A V}{B + 1}", "(<i>A</i> <i>V</i>)/(<i>B</i> + 1)"),
        (r"r^{-q} \ne 1", "<i>r</i><sup>−<i>q</i></sup> ≠ 1"),
        (r"\left(c + \sqrt{8c}\right)/4", "(<i>c</i> + √(8<i>c</i>))/4"),
        (r"a < b", "<i>a</i> &lt; <i>b</i>"),
    ],
)  # fmt: skip
def test_formulae_are_written_so_that_they_can_be_read(tex: str, shown: str) -> None:
    assert as_html(tex) == shown
