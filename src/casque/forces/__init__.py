"""From tasks to people wanted, and from pledges to the force that fills them."""
