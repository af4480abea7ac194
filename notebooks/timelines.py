# Databricks notebook source
# MAGIC %md
# MAGIC # Image timelines
# MAGIC For one celebrity, the events in time order with their kept photos.

# COMMAND ----------

dbutils.widgets.text("lake", "/Volumes/main/hwabo/lake", "Lake")
dbutils.widgets.text("celebrity", "", "Celebrity (empty: the newest events of all)")

# COMMAND ----------

from jobs.notebook import timelines

# COMMAND ----------

display(timelines(spark, **{name: dbutils.widgets.get(name) for name in ("lake", "celebrity")}))
