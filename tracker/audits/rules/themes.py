"""The themes that every new database begins with (domain A15), as data; what is stored may have been edited since."""

from dataclasses import dataclass

from tracker.audits.rules.vocabulary import ThemeGroup


@dataclass(frozen=True)
class DefaultTheme:
    """One aspect of practice with its code for files and the other words that people use for it."""

    code: str
    name: str
    group: ThemeGroup
    synonyms: tuple[str, ...] = ()


def _themes(group: ThemeGroup, *rows: tuple[str, str, tuple[str, ...]]) -> tuple[DefaultTheme, ...]:
    return tuple(DefaultTheme(code, name, group, synonyms) for code, name, synonyms in rows)


DEFAULT_THEMES: tuple[DefaultTheme, ...] = (
    *_themes(
        ThemeGroup.PRACTICE,
        ("voice", "Voice and lived experience of the child", ("voice of the child", "wishes and feelings")),
        ("identity", "Identity and diversity", ("culture", "equality")),
        ("fathers", "Fathers and wider family", ("absent fathers", "grandparents", "family network")),
        ("assessment", "Assessment and analysis", ("analysis in assessments", "single assessment", "chronology")),
        ("plan", "Plans, specific and timely", ("planning", "child in need plans", "SMART plans")),
        ("visits", "Visits, on time and with purpose", ("statutory visits", "home visits")),
        ("risk", "Risk and safety planning", ("safety plans", "strategy meetings")),
        ("neglect", "Neglect, domestic abuse and capacity to change", ("parenting capacity", "domestic violence")),
        ("conferences", "Conferences, reviews and core groups", ("child protection conferences", "review meetings")),
        ("missing", "Missing and exploitation", ("return home interviews", "child sexual exploitation")),
        ("drift", "Drift, delay and permanence", ("permanence planning", "delay for children")),
        ("placement", "Placement stability", ("placement moves", "matching")),
        ("health_education", "Health and education", ("health assessments", "personal education plans")),
        ("care_leavers", "Care leavers and pathway plans", ("leaving care", "personal advisers")),
        ("early_help", "Early help", ("early intervention", "common assessment")),
        ("thresholds", "Front door and thresholds", ("referrals", "contact decisions", "MASH")),
    ),
    *_themes(
        ThemeGroup.LEADERSHIP,
        ("supervision", "Supervision", ("reflective supervision", "case supervision")),
        ("oversight", "Management oversight", ("management decisions", "manager's footprint")),
        ("iro", "Challenge by reviewing officers and chairs", ("IRO challenge", "practice alerts")),
        ("recording", "Recording", ("case recording", "case notes")),
        ("partners", "Working with partners", ("multi-agency working", "information sharing")),
        ("workload", "Workload and change of worker", ("caseloads", "turnover of workers")),
    ),
    *_themes(
        ThemeGroup.RESULT,
        ("impact", "Difference made to the child", ("outcomes for children", "impact of help")),
    ),
)
