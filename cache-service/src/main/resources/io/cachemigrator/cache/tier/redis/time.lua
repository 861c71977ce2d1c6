-- KEYS[1] chooses the server in a cluster.
return redis.call('TIME')
