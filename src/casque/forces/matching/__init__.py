"""The matching core on plain arrays: columns of units, cells of demand, hard and soft rows, standing; it knows nothing of missions."""
