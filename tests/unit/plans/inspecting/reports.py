"""Invented reports in the two published forms, and how their lines are said to be accounted for."""

from tracker.plans.rules.inspecting import InspectionReading

OLDER = """Northmoor Borough Council
Inspection of services for children in need of help and protection, children looked after and care leavers
and
Review of the effectiveness of the Local Safeguarding Children Board

Inspection date: 3 March 2015 – 25 March 2015
Report published: 13 May 2015

1. Children who need help and protection\tRequires improvement
2. Children looked after and achieving permanence\tRequires improvement

Contents
The local authority
3
What does the local authority need to improve?
4
The local authority's strengths
5
Progress since the last inspection
6
What does the LSCB need to improve?
38
Inspection judgements about the LSCB
38

Northmoor Borough Council\t3

Summary of findings
Children's services in Northmoor are not yet good because:
 Too many plans drift.
 Caseloads are high.

What does the local authority need to improve?

Priority and immediate action

1. Make sure that a manager looks at every contact on the day it
arrives, and that reasons are written down. (paragraph 23)

2. Hold strategy meetings in time, so that:
   • police and health take part
   • notes are sent within a
     day

Areas for improvement

Leadership, management and governance

3. Reduce caseloads so that there is time for direct work (paragraphs 40 and 41).

Northmoor Borough Council\t4

4. Improve decision-
making records.

Help and protection

5. Improve assessments.
A second sentence stands here for managers, who must read it
carefully.
6. Improve plans for children
in need.

The local authority's strengths

7. Children in danger are seen at once.

8. Foster carers are well trained.

Progress since the last inspection

9. The last inspection was in 2011.

Northmoor Borough Council\t5

What does the LSCB need to improve?

Areas for improvement

10. Collect and use figures of all partners.

Inspection judgement about the LSCB

11. The board meets.
"""

NEWER = """Inspection of Northmoor local authority children’s services

Inspection dates: 3 December 2018 to 14 December 2018

Lead inspector:\tA Person

Judgement\tGrade
The experiences and progress of children in care\tGood
Overall effectiveness\tRequires improvement to be good

Services for children in Northmoor are better than they were.

What needs to improve

• The timeliness of visits
• The quality of plans, including:
  – clear steps
  – dates that parents
understand
• Supervision of social workers, how often it happens and the record
of decisions
• The voice of children in care.

The experiences and progress of children who need help and protection: requires improvement to be good

1. Children who need help receive it.

2. Thresholds are known.

Published: 28 January 2019
"""

VISIT = """28 January 2019

Director of Children’s Services
Northmoor County Council

Dear Director

Focused visit to Northmoor County Council children’s services

This letter summarises the findings of the focused visit to Northmoor County Council children’s services on 9 January.

Areas for priority action

The local authority needs to act at once on:
\uf0b7 the response to children at risk of exploitation
\uf0b7 the oversight of children who wait
for an assessment

What needs to improve in this area of social work
practice?
\uf0b7 Visits
\uf0b7 Supervision

Main findings

\uf0b7 Things were found.

Yours sincerely
"""


def accounted(reading: InspectionReading) -> set[int]:
    """Return the numbers of the lines that stand in an item, a heading or a warning."""
    found = set(reading.headings)
    for item in reading.items:
        found.update(item.lines)
    for doubt in reading.warnings:
        found.update(doubt.lines)
    return found


def with_words(text: str) -> set[int]:
    """Return the numbers of the lines that hold something."""
    return {number for number, line in enumerate(text.split("\n"), start=1) if line.strip()}
