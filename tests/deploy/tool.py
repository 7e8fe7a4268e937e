"""The tools of deploy/ are scripts, not a package; this brings one in to be tested."""

import importlib.util
from types import ModuleType

from kiosk.settings import PROJECT


def load(name: str) -> ModuleType:
    """The script deploy/<name>.py as a module."""
    path = PROJECT / "deploy" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"deploy_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
