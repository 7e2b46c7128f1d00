"""What a person answers about a plan that is coming in, before it is stored: doubts, corrections, who the leads are."""

from tracker.plans.rules.importing.answers import Answers, Correction, LeadAnswer, Step
from tracker.plans.rules.importing.correcting import corrected, lead_names
from tracker.plans.rules.importing.doubts import Doubt, doubts_of

__all__ = ["Answers", "Correction", "Doubt", "LeadAnswer", "Step", "corrected", "doubts_of", "lead_names"]
