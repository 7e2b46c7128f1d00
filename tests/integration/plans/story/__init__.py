"""The story of one plan between two inspections, told through its pages by the people who keep it."""
