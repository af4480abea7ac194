"""What a site swaps; a package only so that these files travel inside a wheel or a zip (see jobs/resources.py)."""
