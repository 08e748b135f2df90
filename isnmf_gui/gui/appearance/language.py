"""The language of the window. It is installed before the window is made, which then speaks it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QSettings, QTranslator

from isnmf_gui import texts
from isnmf_gui.paths import resources

KEY = "language"
#: As the desktop has it.
SYSTEM = ""
#: Every language by its own name, which is never translated.
LANGUAGES = {"en": "English", "ja": "日本語"}


def chosen_language(store: QSettings) -> str:
    """Return the language that was chosen, or SYSTEM."""
    value = store.value(KEY)
    return value if isinstance(value, str) and value in LANGUAGES else SYSTEM


def install_language(app: QCoreApplication, language: str) -> None:
    """Show texts, numbers and dates as a language has them, from now on.

    Parameters
    ----------
    app : QCoreApplication
        Keeps the translators.
    language : str
        One of LANGUAGES, or SYSTEM.
    """
    locale = QLocale(language) if language else QLocale.system()
    QLocale.setDefault(locale)
    for earlier in app.findChildren(QTranslator):  # or Qt's own texts stay as they were
        app.removeTranslator(earlier)
    own, qts = QTranslator(app), QTranslator(app)
    spoken = language or _spoken(locale)
    if own.load(f"isnmf_{spoken}", str(resources() / "translations")):
        translate = own
        texts.install(
            lambda text, comment, n: translate.translate("", text, comment, n),
            locale.decimalPoint(),
            locale.groupSeparator(),
        )
    else:  # English is what the program is written in
        texts.install(decimal_point=locale.decimalPoint(), group_separator=locale.groupSeparator())
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if spoken != "en" and qts.load(f"qtbase_{spoken}", folder):
        app.installTranslator(qts)


def _spoken(locale: QLocale) -> str:
    """Return the first of a desktop's languages that the program speaks, or English."""
    codes = [language.replace("_", "-").split("-")[0] for language in locale.uiLanguages()]
    return next((code for code in codes if code in LANGUAGES), "en")
