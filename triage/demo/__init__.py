"""A believable workspace made offline from words written for it; no model, no clock."""
