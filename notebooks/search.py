# Databricks notebook source
# MAGIC %md
# MAGIC # Search
# MAGIC Words bring up timelines, events, places and photos, best first.

# COMMAND ----------

dbutils.widgets.text("lake", "/Volumes/main/hwabo/lake", "Lake")
dbutils.widgets.text("words", "공항 출국", "Words")

# COMMAND ----------

from jobs.notebook import find

# COMMAND ----------

display(find(spark, **{name: dbutils.widgets.get(name) for name in ("lake", "words")}))
