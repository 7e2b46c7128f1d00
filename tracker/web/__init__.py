"""The pages: they parse, ask and show; they hold no rule."""
