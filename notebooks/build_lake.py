# Databricks notebook source
# MAGIC %md
# MAGIC # Build the lake
# MAGIC Runs every job on what changed since the last time: landing folder to result tables. The package comes as the cluster's library.

# COMMAND ----------

dbutils.widgets.text("landing", "/Volumes/main/hwabo/landing", "Landing folder")
dbutils.widgets.text("lake", "/Volumes/main/hwabo/lake", "Lake")
dbutils.widgets.dropdown("full", "no", ["no", "yes"], "Rebuild everything")

# COMMAND ----------

from jobs.notebook import build_lake

# COMMAND ----------

display(build_lake(spark, **{name: dbutils.widgets.get(name) for name in ("landing", "lake", "full")}))
