"""What every feature stands on; knows no council word."""
