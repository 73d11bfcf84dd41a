"""The force that the pledges add up to, as tables, and what is to be asked of whom at the force generation conference."""
