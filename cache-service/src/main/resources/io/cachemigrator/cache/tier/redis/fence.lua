-- The time from which on changes of an entry are newer than a load that begins now. ARGV: id.
return math.max(stamp, deletedAt(ARGV[own + 1]) + 1)
