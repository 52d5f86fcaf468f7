"""For those who keep the house running: the queue of jobs and the audit trail."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from archive import JobState
from letters.errors import BadRequest
from saraban.rebuilding import Rebuild, start
from webui import auditasked
from webui.current import archive, user

blueprint = Blueprint("admin", __name__)
blueprint.add_app_template_global(auditasked.place_of, "audit_place")
blueprint.add_app_template_global(auditasked.called, "audit_called")
blueprint.add_app_template_global(auditasked.field_of, "audit_field")
blueprint.add_app_template_global(auditasked.value_of, "audit_value")

PAGE = 50


@blueprint.get("/jobs")
def jobs() -> ResponseReturnValue:
    """Jobs, newest first."""
    asked = request.args.get("state", "")
    state = JobState(asked) if asked in list(JobState) else None
    found = archive().jobs.list(state, before=request.args.get("before", type=int), limit=PAGE + 1)
    page = found[:PAGE]
    packets = archive().packets.several(job.packet_id for job in page if job.packet_id)
    rows = [(job, packets.get(job.packet_id or "")) for job in page]
    return render_template(
        "jobs.html", rows=rows, state=state, before=page[-1].id if len(found) > PAGE else None,
        rebuilds=[kind.value for kind in Rebuild], started=request.args.get("started", type=int),
        unended=any(job.state in (JobState.WAITING, JobState.RUNNING) for job in page))


@blueprint.post("/jobs/<int:job_id>/cancel")
def cancel(job_id: int) -> ResponseReturnValue:
    """Stops a job that has not ended."""
    here = archive()
    if here.jobs.cancel(here.jobs.get(job_id)):
        here.audit.add(user().name, "job-cancelled", f"job:{job_id}")
    return redirect(url_for("admin.jobs"))


@blueprint.post("/jobs/rebuild")
def rebuild() -> ResponseReturnValue:
    """Queues the index or the links to be made anew, unless that waits or runs already."""
    asked = request.form.get("what", "")
    if asked not in list(Rebuild):
        raise BadRequest(asked)
    return redirect(url_for("admin.jobs", started=start(archive(), Rebuild(asked), user().name)))


@blueprint.get("/audit")
def audit() -> ResponseReturnValue:
    """The audit trail, the newest first: who did what to which thing, and when."""
    asked = auditasked.read(request.args)
    found = archive().audit.search(asked.wanted, request.args.get("before", type=int), PAGE + 1)
    page = found[:PAGE]
    return render_template("audit.html", events=page, asked=asked, before=page[-1].id if len(found) > PAGE else None)
