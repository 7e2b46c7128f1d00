"""Editing a plan, one noun a file: areas, what they want, actions, milestones; the order is another command's."""

from tracker.plans.commands.editing.actions import add_action, change_action, remove_action
from tracker.plans.commands.editing.areas import add_area, change_area
from tracker.plans.commands.editing.milestones import add_milestone, change_milestone, remove_milestone
from tracker.plans.commands.editing.texts import add_text, change_text, remove_text

__all__ = [
    "add_action",
    "add_area",
    "add_milestone",
    "add_text",
    "change_action",
    "change_area",
    "change_milestone",
    "change_text",
    "remove_action",
    "remove_milestone",
    "remove_text",
]
