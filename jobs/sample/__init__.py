"""A sample landing folder made by code: invented people, places and events, posts about them, drawn photos, and the truth."""
