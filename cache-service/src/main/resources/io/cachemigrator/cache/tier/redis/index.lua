-- For a cluster, on the server of the records: adds an entry to the indexes of its tags. ARGV: id, how long it is kept in ms
-- since the epoch (-1 = for good), then the envelope.
addToIndex(ARGV[own + 1], ARGV[own + 3], tonumber(ARGV[own + 2]))
return 1
