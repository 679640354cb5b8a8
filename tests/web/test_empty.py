"""Empty lists: each says why it is empty and leads on."""

from __future__ import annotations

import pytest
from jinja2 import nodes

from tests.web.conftest import Portal

LISTS = (
    ("clerk", "/uploads", "/uploads/new"),
    ("administrator", "/uploads", "/accounts"),
    ("reviewer", "/reviews", "/reviews/samples"),
    ("auditor", "/reviews", "/reviews?state=confirmed"),
    ("reviewer", "/reviews?state=returned", "/reviews"),
    ("reviewer", "/reviews?doubt=errors", "/reviews"),
    ("reviewer", "/reviews/groups", "/reviews"),
    ("reviewer", "/reviews/groups/dates", "/reviews/groups"),
    ("reviewer", "/reviews/samples", "/reviews"),
    ("reviewer", "/customers", "/reviews"),
    ("archivist", "/customers", "/uploads/new"),
    ("reviewer", "/dashboard", "/reviews"),
    ("administrator", "/dashboard", "/reviews"),
    ("archivist", "/jobs", "/uploads"),
    ("auditor", "/audit?subject=none", "/audit"),
    ("archivist", "/archive", "/archive/new"),
    ("auditor", "/archive", "/customers"),
)


@pytest.mark.parametrize(("role", "path", "way"), LISTS)
def test_an_empty_list_leads_on(portal: Portal, role: str, path: str, way: str) -> None:
    """Where nothing is yet, one button leads to where something can be done, and the role may go there."""
    browser = portal.browser(role)
    page = browser.get(path).get_data(as_text=True)
    assert 'class="empty"' in page
    shown = page.split('class="empty"')[1].split("</div>")[0]
    assert f'href="{way}"' in shown
    assert browser.get(way).status_code == 200


def test_every_empty_list_of_the_templates_has_its_way_on(portal: Portal) -> None:
    """A call of the macro without a button and its address cannot be written."""
    environment = portal.app.jinja_env
    calls = [
        (name, call)
        for name in environment.list_templates(extensions=["html"])
        for call in environment.parse(environment.loader.get_source(environment, name)[0]).find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name == "empty"
    ]
    assert len(calls) > 12
    assert [name for name, call in calls if len(call.args) != 5] == []
