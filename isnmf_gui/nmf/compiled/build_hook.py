"""Hatchling's hook: builds the library when the package is built or installed in place."""

from __future__ import annotations

import importlib.util
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDER = "isnmf_gui/nmf/compiled"


class CompiledWalkHook(BuildHookInterface[Any]):
    """Adds the library to the wheel; without a compiler the wheel is a pure one."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the library before the files are gathered."""
        if self.target_name != "wheel":
            return
        build = _build_module(Path(self.root) / FOLDER / "build.py")
        try:
            library = build.current() or build.build()
        except build.BuildError as error:
            self.app.display_warning(f"Without compiled code, since it could not be built: {error}")
            return
        build_data["pure_python"] = False
        platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
        build_data["tag"] = f"py3-none-{platform}"
        if version != "editable":
            build_data["force_include"][str(library)] = f"{FOLDER}/{library.name}"


def _build_module(path: Path) -> Any:
    """Load build.py by its path: the package itself cannot be imported yet."""
    spec = importlib.util.spec_from_file_location("isnmf_build", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
