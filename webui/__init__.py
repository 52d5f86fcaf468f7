"""The screens: Flask, server-rendered, Thai first. Texts live in the templates; views only fetch and hand over."""

from webui.app import create_app

__all__ = ["create_app"]
