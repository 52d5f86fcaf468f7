"""One blueprint for each subject. A view fetches, decides which page comes next, and renders; no more."""

from flask import Flask

from webui.views import (
    account,
    admin,
    admin_house,
    admin_users,
    chains,
    downloads,
    entries,
    feeds,
    help,
    home,
    intake,
    letters,
    packets,
    progress,
    records,
    register_lists,
    register_rows,
    registers,
    review,
    search,
    secrets,
    sessions,
    task_batch,
    tasks,
)


def register(app: Flask) -> None:
    """Adds every blueprint. A route must also stand in :data:`webui.access.RULES`, or nobody may use it."""
    for module in (home, sessions, intake, packets, review, downloads, letters, chains, tasks, task_batch, records,
                   entries,
                   progress, registers, register_rows, register_lists, feeds, search, secrets, admin, admin_users,
                   admin_house, account, help):
        app.register_blueprint(module.blueprint)
