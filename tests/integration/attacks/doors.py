"""The table of every route: how it may be asked, and who is let in."""

from collections.abc import Iterator
from dataclasses import dataclass

WHO = ("admin", "office", "lead", "auditor", "moderator", "assurance", "viewer")
# G is shown to whoever may, P takes a form from whoever may; the letters are the first of each role that may:
# a(d)min, (o)ffice, (l)ead, (a)uditor, (m)oderator, a(s)surance, (v)iewer. `all` is everybody, nobody included.
LETTERS = dict(zip("dolamsv", WHO, strict=True))
TABLE = """
G   /                                                             dolamsv
G   /accessibility                                                all
G   /help                                                         all
G   /help/colours                                                 all
G   /help/dates                                                   all
G   /help/answers                                                 all
G   /help/keys                                                    all
G   /help/verdicts                                                all
G   /privacy                                                      all
G   /healthz                                                      all
G   /session-ended                                                all
GP  /sign-in                                                      all
P   /sign-out                                                     all
G   /static/css/base.css                                          all
G   /nothing-here                                                 dolamsv
GP  /search?q=1.1                                                 dolamsv
P   /search/suggest                                               dolamsv
G   /dates/read?text=March                                        dolamsv
GP  /my/settings                                                  dolamsv
P   /my/sessions/999999/end                                       dolamsv
G   /my/held/unknown                                              dolamsv
P   /my/sessions/end-others                                       dolamsv
GP  /join/{link}                                                  all
GP  /my/settings/mail                                             dolamsv
G   /office                                                       o
G   /office/chase                                                 o
GP  /office/chase/send                                            o
G   /office/waiting/dates                                         o
G   /my/actions                                                   l
G   /my/actions/run                                               l
G   /my/actions.csv                                               l
G   /my/actions/workbook.xlsx                                     l
GP  /workbooks/new                                                ol
GP  /workbooks/unknown                                            ol
P   /workbooks/unknown/discard                                    ol
P   /workbooks/unknown/rows/1/write                               ol
G   /my/audits                                                    a
G   /plans                                                        olamsv
GP  /plans/new                                                    o
G   /plans/imports                                                o
GP  /plans/imports/{import}/undo                                  o
GP  /plans/import/unknown                                         o
P   /plans/import/unknown/mapping                                 o
P   /plans/import/unknown/discard                                 o
GP  /plans/import/unknown/checks                                  o
GP  /plans/import/unknown/actions/1.1                             o
G   /plans/import/unknown/preview                                 o
GP  /plans/import/unknown/leads                                   o
GP  /plans/import/unknown/confirm                                 o
G   /plans/import/unknown/stored                                  o
G   /plans/{slug}                                                 olamsv
G   /plans/{slug}/print                                           olamsv
G   /plans/{slug}/actions                                         olamsv
G   /plans/{slug}/actions.csv                                     olm
G   /plans/{slug}/workbook.xlsx                                   ol
G   /plans/{slug}/changes                                         olamsv
G   /plans/{slug}/changes.csv                                     olm
G   /plans/{slug}/leads                                           olams
G   /plans/{slug}/leads.csv                                       olm
G   /plans/{slug}/leads.xlsx                                      olm
G   /plans/{slug}/reports                                         olamsv
G   /plans/{slug}/reports/exceptions                              olamsv
G   /plans/{slug}/reports/exceptions.csv                          olm
G   /plans/{slug}/reports/exceptions.xlsx                         olm
G   /plans/{slug}/reports/turning                                 olamsv
G   /plans/{slug}/reports/turning.csv                             olm
G   /plans/{slug}/reports/turning.xlsx                            olm
G   /plans/{slug}/reports/slippage                                olamsv
G   /plans/{slug}/reports/slippage.csv                            olm
G   /plans/{slug}/reports/slippage.xlsx                           olm
G   /plans/{slug}/reports/declared                                olams
G   /plans/{slug}/reports/declared.csv                            olm
G   /plans/{slug}/reports/declared.xlsx                           olm
G   /plans/{slug}/checks                                          o
P   /plans/{slug}/checks/{doubt}/settle                           o
P   /plans/{slug}/checks/{doubt}/open                             o
G   /plans/{slug}/versions                                        olamsv
GP  /plans/{slug}/approve                                         o
GP  /plans/{slug}/status                                          o
G   /plans/{slug}/edit                                            o
G   /plans/{slug}/order                                           o
GP  /plans/{slug}/renumber                                        o
GP  /plans/{slug}/areas/new                                       o
GP  /plans/{slug}/areas/1/edit                                    o
GP  /plans/{slug}/areas/1/objective/new                           o
GP  /plans/{slug}/areas/1/objective/{objective}                   o
GP  /plans/{slug}/areas/1/actions/new                             o
GP  /plans/{slug}/{my_ref}/edit                                   o
GP  /plans/{slug}/{my_ref}/place                                  o
GP  /plans/{slug}/{my_ref}/milestones/new                         o
GP  /plans/{slug}/{turn_ref}/milestones/{turn_milestone}/edit     o
G   /plans/{slug}/coverage                                        olamsv
G   /plans/{slug}/coverage.csv                                    olm
G   /plans/{slug}/later-versions                                  o
GP  /plans/{slug}/later-versions/new                              o
G   /plans/{slug}/later-versions/{reimport}                       o
GP  /plans/{slug}/later-versions/waiting/{later}                  o
P   /plans/{slug}/later-versions/waiting/{later}/discard          o
G   /plans/{slug}/quality                                         olams
G   /plans/{slug}/quality.csv                                     olm
G   /plans/{slug}/quality.xlsx                                    olm
GP  /plans/{slug}/inspection                                      o
GP  /plans/{slug}/items/{item}/areas                              o
G   /inspections                                                  olamsv
GP  /inspections/new                                              o
P   /inspections/new/confirm                                      o
G   /inspections/{inspection}                                     olamsv
GP  /inspections/{inspection}/change                              o
GP  /inspections/{inspection}/items/new                           o
GP  /inspections/{inspection}/items/{item}/change                 o
GP  /inspections/{inspection}/items/{item}/remove                 o
P   /inspections/{inspection}/items/{item}/restore                o
G   /plans/{slug}/areas/1                                         olamsv
GP  /plans/{slug}/areas/1/items/new                               o
GP  /plans/{slug}/areas/1/priority                                o
G   /plans/{slug}/{my_ref}                                        olamsv
GP  /plans/{slug}/{my_ref}/update                                 ol
GP  /plans/{slug}/{my_ref}/no-change                              ol
P   /plans/{slug}/{my_ref}/draft                                  ol
P   /drafts/unknown/discard                                       dolamsv
G   /plans/{slug}/{my_ref}/updates/{my_update}                    olams
GP  /plans/{slug}/{my_ref}/decide/hold                            o
GP  /plans/{slug}/{my_ref}/embed                                  s
GP  /plans/{slug}/{my_ref}/supersede                              o
GP  /plans/{slug}/{placeholder}/agree                             o
GP  /plans/{slug}/{my_ref}/waits                                  ol
GP  /plans/{slug}/{their_ref}/waits                               o
GP  /plans/{slug}/references                                      o
GP  /plans/{slug}/{wait_ref}/links/{wait}/end                     o
GP  /plans/{slug}/{my_ref}/contributors                           o
P   /plans/{slug}/{my_ref}/contributors/{party}/end               o
P   /plans/{slug}/{my_ref}/contributors/lead                      o
GP  /plans/{slug}/{my_ref}/link                                   om
G   /plans/{slug}/{my_ref}/evidence                                olams
GP  /plans/{slug}/{my_ref}/evidence/add                           ol
GP  /plans/{slug}/{their_ref}/evidence/add                        o
G   /plans/{slug}/{file_ref}/evidence/{file}/file                 olams
GP  /plans/{slug}/{file_ref}/evidence/{file}/verify               o
GP  /plans/{slug}/{file_ref}/evidence/{file}/remove               o
G   /plans/{slug}/{their_ref}                                     olamsv
GP  /plans/{slug}/{their_ref}/update                              o
GP  /plans/{slug}/{their_ref}/no-change                           o
P   /plans/{slug}/{their_ref}/draft                               o
G   /plans/{slug}/{their_ref}/updates/{their_update}              olams
GP  /plans/{slug}/{their_ref}/decide/withdraw                     o
GP  /plans/another-plan/1.1/update                                o
GP  /plans/another-plan/1.1/no-change                             o
GP  /plans/another-plan/1.1/decide/hold                           o
GP  /plans/{slug}/{date_ref}/dates/{date}                         os
G   /decisions/open                                               os
GP  /plans/{slug}/{my_ref}/override                               ol
GP  /plans/{slug}/{their_ref}/override                            o
GP  /plans/{slug}/{override_ref}/overrides/{override}             s
GP  /plans/{slug}/{override_ref}/overrides/{override}/withdraw    o
GP  /plans/{slug}/{no_date_ref}/milestones/{no_date}/no-date      o
GP  /plans/{slug}/{link_ref}/references/{reference}               o
GP  /plans/{slug}/{turn_ref}/milestones/{turn_milestone}/turns/{turn}  o
G   /themes                                                       olams
G   /themes/supervision                                           olams
G   /themes/supervision/numbers.csv                               om
G   /themes/supervision/words                                     am
GP  /themes/supervision/link                                      om
GP  /theme-links/{theme_link}/end                                 om
G   /unlinked                                                     olams
GP  /settings/themes                                              m
GP  /settings/themes/supervision                                  m
G   /audits                                                       m
GP  /audits/rounds/new                                            m
GP  /audits/rounds/{round}                                        m
G   /audits/tools                                                 m
GP  /audits/tools/new                                             m
G   /audits/tools/{tool}/{drafted}                                m
P   /audits/tools/{other_tool}/1/next                             m
GP  /audits/tools/{other_tool}/1/retire                           m
GP  /audits/tools/{tool}/{drafted}/sections/new                   m
GP  /audits/tools/{tool}/{drafted}/sections/2                     m
P   /audits/tools/{tool}/{drafted}/sections/2/act                 m
GP  /audits/tools/{tool}/{drafted}/sections/2/questions/new       m
GP  /audits/tools/{tool}/{drafted}/sections/2/questions/1         m
P   /audits/tools/{tool}/{drafted}/sections/2/questions/1/act     m
GP  /audits/tools/{tool}/{drafted}/check                          m
GP  /audits/tools/{tool}/{drafted}/equal                          m
G   /audits/tools/{tool}/{drafted}/compare                        m
G   /audits/tools/{tool}/{drafted}/preview/2                      m
G   /audits/tools/{tool}/{drafted}/print                          m
GP  /audits/rounds/{round}/sample                                 m
GP  /audits/rounds/{round}/share                                  m
GP  /audits/rounds/{drawn}/sample                                 m
GP  /audits/rounds/{drawn}/share                                  m
GP  /audits/rounds/{drawn}/sample/files/1/leave-out               m
GP  /audits/rounds/{drawn}/sample/{list}                          m
P   /audits/rounds/{drawn}/sample/{list}/discard                  m
P   /audits/rounds/{round}/close                                  m
GP  /audits/conflicts                                             m
P   /audits/conflicts/{conflict}/end                              m
G   /audits/exemptions                                            s
GP  /audits/exemptions/{exemption}                                s
GP  /audits/programme                                             m
G   /audits/programme/{year}                                      m
GP  /audits/programme/{year}/new                                  m
GP  /audits/programme/{year}/1                                    m
GP  /audits/{my_draft}/conflict                                   am
GP  /audits/{their_draft}/conflict                                m
GP  /audits/{my_draft}/swap                                       m
GP  /audits/{my_draft}/exempt                                     m
GP  /audits/{their_draft}/swap                                    m
GP  /audits/{their_draft}/exempt                                  m
G   /audits/{my_audit}                                            am
G   /audits/{their_audit}                                         m
GP  /audits/{my_draft}/section/4                                  am
P   /audits/{my_draft}/section/4/draft                            am
GP  /audits/{my_draft}/check                                      am
GP  /audits/{my_draft}/concern                                    am
GP  /audits/{my_draft}/void                                       m
GP  /audits/{my_draft}/more-time                                  am
GP  /audits/{their_draft}/more-time                               m
G   /audits/more-time                                             m
GP  /audits/more-time/{more_time}                                 m
GP  /audits/{my_draft}/side-by-side                               am
G   /audits/{my_audit}/feedback                                   am
GP  /audits/{my_audit}/recall                                     am
GP  /audits/{their_draft}/side-by-side                            m
G   /audits/{their_audit}/feedback                                m
GP  /audits/{their_audit}/recall                                  m
GP  /audits/{their_draft}/section/4                               m
P   /audits/{their_draft}/section/4/draft                         m
GP  /audits/{their_draft}/check                                   m
GP  /audits/{their_draft}/concern                                 m
GP  /audits/{their_draft}/void                                    m
G   /moderation                                                   m
G   /moderation/agreement                                         m
G   /moderation/agreement.csv                                     m
G   /moderation/agreement.xlsx                                    m
GP  /audits/{waiting}/moderate                                    m
GP  /audits/{waiting}/moderate/grades                             m
GP  /audits/{waiting}/moderate/comparison                         m
GP  /audits/{waiting}/moderate/return                             m
GP  /audits/{waiting}/moderation                                  m
GP  /audits/{waiting}/panel                                       m
G   /concerns                                                     m
GP  /concerns/{concern}                                           m
G   /settings                                                     do
GP  /settings/bodies                                              do
GP  /settings/bodies/{body}                                       do
P   /settings/meetings/{meeting}/held                             do
G   /settings/leads                                               do
GP  /settings/leads/{party}                                       do
P   /settings/leads/{party}/people                                do
P   /settings/leads/people/{member}/end                           do
GP  /settings/organisation                                        d
GP  /settings/units                                               d
G   /settings/people                                              d
GP  /settings/people/new                                          d
G   /settings/people/{person}                                     d
GP  /settings/people/{person}/change                              d
P   /settings/people/{person}/deactivate                          d
P   /settings/people/{person}/reactivate                          d
P   /settings/people/{person}/link                                d
P   /settings/people/{person}/sessions/end                        d
P   /settings/invitations/{invitation}/withdraw                   d
GP  /settings/people/invite                                       d
GP  /settings/absences                                            do
P   /settings/absences/{absence}/end                              do
GP  /settings/bodies/{body}/meetings                              do
P   /settings/leads/{party}/holders                               do
P   /settings/leads/{party}/left                                  do
P   /settings/leads/{party}/back                                  do
P   /settings/leads/holders/{holding}/end                         do
G   /settings/organisation.css                                    all
G   /settings/first-run                                           d
GP  /settings/first-run/organisation                              d
GP  /settings/first-run/office                                    d
GP  /settings/first-run/plan                                      d
GP  /settings/first-run/meeting                                   do
P   /settings/people/{person}/roles                               d
P   /settings/roles/{grant}/end                                   d
"""
# The office may take back any update while that is open, a lead only their own; these have been closed since.
CLOSED = "GP /plans/{slug}/{my_ref}/updates/{my_update}/withdraw"


@dataclass(frozen=True)
class Row:
    """An address with how it may be asked and who may; None for everybody."""

    methods: str
    address: str
    may: frozenset[str] | None


def _rows() -> Iterator[Row]:
    for line in [*TABLE.strip().splitlines(), f"{CLOSED} none"]:
        methods, address, letters = line.split()
        may = None if letters == "all" else frozenset(LETTERS[one] for one in letters if letters != "none")
        yield Row(methods, address, may)


ROWS = tuple(_rows())
