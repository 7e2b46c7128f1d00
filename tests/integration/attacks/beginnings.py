"""Where a walk over the pages that hold stored words begins; the walk itself is the crawler's."""

from tests.integration.attacks.places import Places


def beginnings(places: Places) -> list[str]:
    """Return an address of every kind of page that shows words somebody typed."""
    return [*_of_plans(places), *_of_audits(places), *_of_what_follows(places), *_of_kinds_of_audit(places)]


def _of_plans(places: Places) -> list[str]:
    plan = f"/plans/{places['slug']}"
    return [
        *(f"{plan}{rest}" for rest in ("/print", "/actions", "/changes", "/checks", "/areas/1", "/areas/1/priority")),
        *(f"{plan}{rest}" for rest in ("/coverage", "/coverage.csv", "/inspection", f"/items/{places['item']}/areas")),
        *(f"/inspections{rest}" for rest in ("", f"/{places['inspection']}", f"/{places['inspection']}/change")),
        *(f"{plan}{rest}" for rest in ("/quality", "/quality.csv")),
        *(f"{plan}/{places['my_ref']}{rest}" for rest in ("", "/update", "/link", "/decide/hold")),
        f"{plan}/{places['date_ref']}/dates/{places['date']}",
        f"{plan}/{places['link_ref']}/references/{places['reference']}",
        f"/theme-links/{places['theme_link']}/end",
        *("/themes/supervision", "/themes/supervision/words", "/themes/supervision/link", "/settings/themes"),
        f"/settings/people/{places['person']}",
        f"/settings/leads/{places['party']}",
        f"/settings/bodies/{places['body']}",
        f"{plan}/actions.csv",
        f"{plan}/changes.csv",
        *(f"{plan}/reports/{report}{end}" for report in ("exceptions", "slippage", "declared") for end in ("", ".csv")),
        "/themes/supervision/numbers.csv",
    ]


def _of_audits(places: Places) -> list[str]:
    return [
        *(
            f"/audits/{places[name]}{rest}"
            for name in ("my_draft",)
            for rest in ("/section/4", "/check", "/void", "/feedback")
        ),
        f"/audits/{places['my_audit']}",
        f"/audits/{places['to_answer']}/response",
        f"/audits/more-time/{places['more_time']}",
        *(f"/audits/{places['waiting']}{rest}" for rest in ("/moderate", "/moderation")),
        f"/audits/rounds/{places['round']}",
        *(f"/audits/tools{rest}" for rest in ("", "/new", f"/{places['other_tool']}/1")),
        *(
            f"/audits/tools/{places['tool']}/{places['drafted']}{rest}"
            for rest in (
                "",
                "/check",
                "/equal",
                "/compare",
                "/print",
                "/tool.json",
                "/name",
                "/preview/3",
                "/sections/3",
                "/sections/3/questions/1",
            )
        ),
        f"/audits/rounds/{places['drawn']}/sample",
        f"/audits/programme/{places['year']}",
        *(f"/audits/{one}" for one in ("exemptions", f"exemptions/{places['exemption']}", "conflicts", "programme")),
        f"/concerns/{places['concern']}",
        *("/audits/read-log", "/audits/read-log.csv", "/audits/retention", "/audits/holds"),
        f"/audits/holds/{places['hold']}",
        *(f"/immediate-actions/{places[name]}" for name in ("my_remedial", "to_check")),
        f"/audits/{places['planned']}/re-audit/give",
        f"/audits/{places['re_audit']}/before-and-after",
    ]


def _of_what_follows(places: Places) -> list[str]:
    return [
        *(f"/feedback{rest}" for rest in ("", ".csv", f"/{places['feedback']}", f"/{places['feedback']}/change")),
        *("/events", f"/events/{places['event']}", f"/quick-wins/{places['quick_win']}", "/learning", "/you-said"),
        *("/alerts", "/alerts.csv", f"/alerts/{places['alert']}"),
    ]


def _of_kinds_of_audit(places: Places) -> list[str]:
    return [
        *(f"/audits/{places['with_agencies']}{rest}" for rest in ("", "/agencies", "/agencies/1", "/agencies/agreed")),
        f"/re-audits/themes/{places['theme_re_audit']}",
    ]
