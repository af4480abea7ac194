# Databricks notebook source
# MAGIC %md
# MAGIC # Evaluation
# MAGIC Judges a lake that was built from a sample (hwabo sample) against the truth written beside it.

# COMMAND ----------

dbutils.widgets.text("lake", "/Volumes/main/hwabo/lake", "Lake")
dbutils.widgets.text("truth", "/Volumes/main/hwabo/landing/truth", "Truth of the sample")

# COMMAND ----------

from jobs.notebook import evaluate

# COMMAND ----------

display(evaluate(spark, **{name: dbutils.widgets.get(name) for name in ("lake", "truth")}))
