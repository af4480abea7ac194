"""The Spark jobs of Hwabo, one file a job, and the few modules that they share."""
