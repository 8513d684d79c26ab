"""What of the memory may stand on a page: the table of states and publication policies.

| state in the memory | approved | checked | all |
|---|---|---|---|
| approved | show | show | show |
| machine, no error found | withhold | show | show |
| machine, error found | withhold | withhold | show, boxed |
| draft, withheld by a person, stale, pending | withhold | withhold | withhold |
"""

from __future__ import annotations

from typing import Literal

from site_src.model.edition import Finding, Origin, Rendering
from site_src.translate.po import AUTHORS, Entry

Policy = Literal["approved", "checked", "all"]


def rendering(source: str, entry: Entry | None, findings: tuple[Finding, ...], policy: Policy) -> Rendering:
    """The sentence as a page may show it: its text is "" wherever the policy lets nothing stand."""
    if entry is None or entry.state == "pending":
        return Rendering(source, "", "pending", "none", findings=findings)
    if entry.state == "approved":
        return Rendering(source, entry.text, "approved", approver(entry), findings=findings)
    if entry.state == "machine":
        shown = may_stand(findings, policy)
        engine = entry.note("engine")
        if shown:
            return Rendering(source, entry.text, "machine", "machine", engine, findings)
        return Rendering(source, "", "withheld", "machine", engine, findings)
    origin: Origin = "machine" if entry.untouched else "editor"
    why = entry.said("withheld") or "no reason given" if entry.state == "withheld" else ""
    return Rendering(source, "", entry.state, origin, findings=findings, why=why)


def may_stand(findings: tuple[Finding, ...], policy: Policy) -> bool:
    """Whether a machine's sentence with these findings is published."""
    if policy == "checked":
        return not any(finding.severity == "error" for finding in findings)
    return policy == "all"


def approver(entry: Entry) -> Origin:
    """Who stands behind an approved entry: the project's authors if it says so, else an editor."""
    return "authors" if (entry.said("approved") or "").lower() == AUTHORS else "editor"


def strict_failure(found: Rendering) -> bool:
    """Whether `--strict` fails for it: everything does that still waits for somebody's work or decision."""
    if found.state in ("pending", "stale", "draft"):
        return True
    if found.origin == "machine" and not found.why:
        return found.state == "withheld" or not may_stand(found.findings, "checked")
    return False
