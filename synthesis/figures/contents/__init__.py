"""What each figure of the gallery says, decided before anything is placed."""
