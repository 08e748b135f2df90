"""The window's actions: one table, their keys and menus, and when they can be used."""
