"""Who may do what, as a council officer reads it; the tests compare every cell with the program."""

# y: any; o: only one's own; n: any but one's own; -: none.
TABLE = """
                       admin  office  lead  auditor  moderator  assurance  viewer
plan:read              -      y       y     y        y          y          y
plan:import            -      y       -     -        -          -          -
plan:edit              -      y       -     -        -          -          -
plan:export            -      y       o     -        y          -          -
lead:name              -      y       y     y        y          y          -
lead:chase             -      y       -     -        -          -          -
action:update          -      y       o     -        -          -          -
action:behalf          -      n       -     -        -          -          -
action:mine            -      -       y     -        -          -          -
action:confirm         -      n       -     -        -          -          -
action:embed           -      -       -     -        -          n          -
date:approve           -      n       -     -        -          n          -
override:ask           -      y       o     -        -          -          -
override:decide        -      n       -     -        -          n          -
evidence:read          -      y       y     y        y          y          -
evidence:verify        -      n       -     -        -          -          -
audit:mine             -      -       -     y        -          -          -
audit:read             -      -       -     o        y          -          -
audit:write            -      -       -     o        -          -          -
audit:extend           -      -       -     -        y          -          -
audit:respond          o      o       o     o        o          o          o
round:manage           -      -       -     -        y          -          -
tool:manage            -      -       -     -        y          -          -
exemption:decide       -      -       -     -        -          y          -
concern:raise          -      -       -     o        y          -          -
concern:read           -      -       -     -        y          -          -
concern:acknowledge    -      -       -     -        y          -          -
concern:close          -      -       -     -        -          -          -
remedial:add           -      -       -     o        y          -          -
remedial:read          -      o       o     o        y          o          -
remedial:do            -      o       o     o        o          o          -
remedial:check         -      -       -     -        n          -          -
finding:read           -      -       -     o        y          -          -
moderation:read        -      -       -     -        y          -          -
moderation:write       -      -       -     -        n          -          -
moderation:dispute     -      -       -     o        y          -          -
moderation:panel       -      -       -     -        n          -          -
moderation:compare     -      -       -     -        y          -          -
audit_report:read      -      y       y     -        y          y          -
audit_report:whole     -      -       -     -        y          -          -
audit_report:export    -      y       -     -        y          -          -
readlog:read           -      -       -     -        y          -          -
retention:ask          y      -       -     -        -          -          -
retention:approve      -      -       -     -        y          -          -
hold:manage            -      -       -     -        y          -          -
theme:read             -      y       y     y        y          y          -
theme:edit             -      -       -     -        y          -          -
theme:link             -      y       -     -        y          -          -
theme:export           -      y       -     -        y          -          -
alert:manage           -      -       -     -        y          -          -
other_evidence:read    -      y       y     y        y          y          -
other_evidence:write   -      -       -     -        y          -          -
other_evidence:export  -      y       -     -        y          -          -
quick_win:do           -      o       o     o        y          o          -
quick_win:link         -      y       -     -        y          -          -
person:manage          y      -       -     -        -          -          -
unit:manage            y      -       -     -        -          -          -
body:manage            y      y       -     -        -          -          -
party:manage           y      y       -     -        -          -          -
organisation:manage    y      -       -     -        -          -          -
"""
