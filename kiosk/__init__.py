"""The accessible voice and leaflet kiosk."""

__version__ = "0.1.0"
