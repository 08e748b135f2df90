"""How the program looks and speaks: colours, icons, language."""
