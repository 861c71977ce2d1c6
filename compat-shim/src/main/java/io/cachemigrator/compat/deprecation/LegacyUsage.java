package io.cachemigrator.compat.deprecation;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records calls of legacy APIs by call site, and warns once for each. A call site is the class, method and line that
 * called; at most 10,000 are told apart, later ones are counted together. Thread safe.
 */
public final class LegacyUsage {
    /** The release that removes what is recorded here. */
    public static final String REMOVAL_VERSION = "2.0.0";

    private static final Logger LOG = LoggerFactory.getLogger(LegacyUsage.class);
    private static final int MAX_SITES = 10_000;

    // Call sites are facts of the process: one record of them serves every legacy object.
    private static final LegacyUsage SHARED =
            new LegacyUsage(UsageMode.of(System.getProperties(), System.getenv()), Clock.systemUTC());

    private final StackWalker walker = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
    private final Map<SiteKey, Site> sites = new ConcurrentHashMap<>();
    private final LongAdder untold = new LongAdder();
    private final Clock clock;
    private final WarningRate rate;
    private volatile UsageMode mode;

    LegacyUsage(UsageMode mode, Clock clock) {
        this.mode = mode;
        this.clock = clock;
        this.rate = new WarningRate(clock);
    }

    /** The one of this process. */
    public static LegacyUsage shared() {
        return SHARED;
    }

    /**
     * Records the call that is being made: the first frame below {@code api}'s own.
     *
     * @param api legacy class that was called
     * @param method its method
     * @param replacement what to call instead
     * @throws LegacyCallException if the mode is {@link UsageMode#ERROR}
     */
    public void record(Class<?> api, String method, String replacement) {
        SiteKey key = walker.walk(frames -> frames.dropWhile(frame -> isOwn(frame.getDeclaringClass(), api))
                .findFirst()
                .map(frame -> new SiteKey(
                        frame.getDeclaringClass(), frame.getMethodName(), frame.getByteCodeIndex(), api, method))
                .orElseGet(() -> new SiteKey(Thread.class, "run", -1, api, method)));
        Site site = sites.get(key);
        if (site == null) {
            if (sites.size() >= MAX_SITES) {
                untold.increment();
                refuseIfAsked(api, method, replacement, "a call site that is not told apart any more");
                return;
            }
            Site fresh = new Site(line(key, api), replacement);
            Site other = sites.putIfAbsent(key, fresh);
            site = other == null ? fresh : other;
            if (other == null) {
                LegacyCallEvent.of(site.snapshot(key));
            }
        }
        if (!site.warned && mode == UsageMode.WARN) {
            warn(key, site);
        }
        site.count(clock.millis());
        refuseIfAsked(api, method, replacement, key.caller().getName() + "." + key.callerMethod());
    }

    /** Whether a frame is of this class, or of the legacy class that was called, what it inherits included. */
    private static boolean isOwn(Class<?> declaring, Class<?> api) {
        return declaring == LegacyUsage.class || declaring.isAssignableFrom(api);
    }

    /** The call sites so far, the most frequent first. */
    public List<CallSite> snapshot() {
        return sites.entrySet().stream()
                .map(entry -> entry.getValue().snapshot(entry.getKey()))
                .sorted(Comparator.comparingLong(CallSite::calls).reversed().thenComparing(CallSite::place))
                .toList();
    }

    /** All calls so far. */
    public long calls() {
        return untold.sum()
                + sites.values().stream().mapToLong(site -> site.calls.sum()).sum();
    }

    /** Calls from call sites beyond those told apart. */
    public long untoldCalls() {
        return untold.sum();
    }

    /** Changes what becomes of later calls. */
    public void mode(UsageMode newMode) {
        this.mode = newMode;
    }

    /** Forgets every call site, so that each is warned of again. */
    public void reset() {
        sites.clear();
        untold.reset();
    }

    private void refuseIfAsked(Class<?> api, String method, String replacement, String caller) {
        if (mode == UsageMode.ERROR) {
            throw new LegacyCallException("CM-501 " + api.getSimpleName() + "." + method
                    + " is a legacy API, and " + caller + " calls it although the deprecation mode is 'error'."
                    + " Use " + replacement + ".");
        }
    }

    /** A call site that has to wait, as many are new at once, is warned of when it calls again. */
    private void warn(SiteKey key, Site called) {
        if (!rate.allows()) {
            return;
        }
        called.warned = true;
        int held = rate.takeHeld();
        if (held > 0) {
            LOG.warn("{} warnings about legacy calls were held back; `migrator status` lists every call site.", held);
        }
        CallSite site = called.snapshot(key);
        LOG.warn(
                "{} calls {}, which is deprecated and will be removed in {}. Use {}.",
                site.place(),
                site.api(),
                REMOVAL_VERSION,
                site.replacement());
    }

    /** The line is looked up once for each call site, since that is slow. */
    private int line(SiteKey key, Class<?> api) {
        return walker.walk(frames -> frames.dropWhile(frame -> isOwn(frame.getDeclaringClass(), api))
                .findFirst()
                .filter(frame -> frame.getDeclaringClass() == key.caller())
                .map(StackWalker.StackFrame::getLineNumber)
                .orElse(-1));
    }

    /** What tells call sites apart: cheap to make, unlike a line number. */
    private record SiteKey(Class<?> caller, String callerMethod, int instruction, Class<?> api, String apiMethod) {}

    /** What is counted for a call site. */
    private static final class Site {
        private final int line;
        private final String replacement;
        private final LongAdder calls = new LongAdder();
        private volatile long lastSeen;
        /** Whether there was a warning; two threads may both give one, once. */
        private volatile boolean warned;

        Site(int line, String replacement) {
            this.line = line;
            this.replacement = replacement;
        }

        void count(long now) {
            calls.increment();
            lastSeen = now;
        }

        CallSite snapshot(SiteKey key) {
            return new CallSite(
                    key.caller().getName(),
                    key.callerMethod(),
                    line,
                    key.api().getSimpleName() + "." + key.apiMethod(),
                    replacement,
                    calls.sum(),
                    Instant.ofEpochMilli(lastSeen));
        }
    }
}
