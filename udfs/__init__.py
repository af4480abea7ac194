"""Plain functions on text, numbers and photos, with their thin pandas-UDF wrappers; nothing here creates a Spark session."""
