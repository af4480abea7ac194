# Databricks notebook source
# MAGIC %md
# MAGIC # Photo summaries
# MAGIC For one place, its topics in order with their kept photos.

# COMMAND ----------

dbutils.widgets.text("lake", "/Volumes/main/hwabo/lake", "Lake")
dbutils.widgets.text("place", "", "Place (empty: all)")

# COMMAND ----------

from jobs.notebook import places

# COMMAND ----------

display(places(spark, **{name: dbutils.widgets.get(name) for name in ("lake", "place")}))
