package com.example.supportdesk.agent;

import io.cachemigrator.cache.Lookup;
import io.cachemigrator.compat.services.*;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Who is signed in, by shift. */
public class AgentSessions {
    private final Map<String, RedisCacheService> shifts = new HashMap<>();
    private final Supplier<? extends RedisCacheService> source;

    public AgentSessions(Supplier<? extends RedisCacheService> source) {
        this.source = source;
    }

    private RedisCacheService of(String shift) {
        return shifts.computeIfAbsent(shift, name -> source.get());
    }

    public boolean signIn(String shift, String agent) {
        return of(shift).set("session:" + agent, Map.of("shift", shift), Duration.ofHours(8));
    }

    public boolean isSignedIn(String shift, String agent) {
        Lookup<Map> found = of(shift).lookup("session:" + agent, Map.class);
        return found instanceof Lookup.Present<Map>;
    }

    public boolean signOut(String shift, String agent) {
        BiFunction<RedisCacheService, String, Boolean> out = RedisCacheService::delete;
        return out.apply(of(shift), "session:" + agent);
    }

    public boolean signOutAll(String... agents) {
        boolean all = true;
        for (RedisCacheService cache : shifts.values()) {
            for (var agent : agents) {
                all &= cache.delete("session:" + agent);
            }
        }
        return all;
    }
}
