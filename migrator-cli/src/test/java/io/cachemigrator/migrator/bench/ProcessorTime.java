package io.cachemigrator.migrator.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import redis.clients.jedis.Jedis;

/** Processor time that two servers and this process have used since this was made: it says where a copy's time goes. */
final class ProcessorTime {
    private final Jedis source;
    private final Jedis target;
    private final double sourceBefore;
    private final double targetBefore;
    private final double ownBefore;

    ProcessorTime(Jedis source, Jedis target) {
        this.source = source;
        this.target = target;
        this.sourceBefore = micros(source);
        this.targetBefore = micros(target);
        this.ownBefore = ownMicros();
    }

    void print(String what, long keys) {
        System.out.printf(
                "  %s, microseconds of processor time a key: source %.2f, target %.2f, migrator %.2f%n",
                what,
                (micros(source) - sourceBefore) / keys,
                (micros(target) - targetBefore) / keys,
                (ownMicros() - ownBefore) / keys);
    }

    private static double ownMicros() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e3;
    }

    /** By the server's own account. */
    private static double micros(Jedis redis) {
        return redis.info("cpu")
                        .lines()
                        .filter(line -> line.startsWith("used_cpu_sys:") || line.startsWith("used_cpu_user:"))
                        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(':') + 1)))
                        .sum()
                * 1e6;
    }
}
