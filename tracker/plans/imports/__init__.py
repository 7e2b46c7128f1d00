"""Plans out of files; reading is in rules, writing in commands."""
