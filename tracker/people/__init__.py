"""Persons, units, bodies, lead parties, roles and the policy of who may do what."""
