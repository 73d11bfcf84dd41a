"""A force on the ground in; demand, stocks, deliveries, weak links, medical reach and cost out."""
