"""The steps of `tracker restore`: a copy is made and proved, and only then put in place; asking is the command's."""
