linked
