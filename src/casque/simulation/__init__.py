"""Many seeded runs of one plan: what will probably happen, what breaks first, and how sure the model is."""
