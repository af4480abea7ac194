"""Plain functions on text, numbers and photos, with their thin pandas-UDF wrappers; nothing here creates a Spark session."""

import sys

from udfs.worker import modules_frozen, without_archives

if "pyspark.worker" in sys.modules:  # in a Spark worker, which every function of Hwabo enters through this package
    without_archives()
    modules_frozen()
