"""The sentences of the sample, by kind of writing; all of them were written for it."""
