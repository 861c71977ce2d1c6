package io.cachemigrator.cache.codec;

import com.fasterxml.jackson.databind.JavaType;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/** Which types have no value that could be changed after it was read: only what is known to be so. */
final class Immutability {
    private static final Set<Class<?>> KNOWN = Set.of(
            String.class,
            Boolean.class,
            Character.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigDecimal.class,
            BigInteger.class,
            UUID.class,
            URI.class,
            Locale.class);

    private Immutability() {}

    static boolean of(JavaType type) {
        return isImmutable(type.getRawClass(), new HashSet<>());
    }

    /** A record that refers to itself is as immutable as its other components. */
    private static boolean isImmutable(Class<?> type, Set<Class<?>> seen) {
        // the constants of an enum are shared by the whole process in any case
        if (KNOWN.contains(type) || type.isPrimitive() || type.isEnum() || isTime(type)) {
            return true;
        }
        return type.isRecord()
                && (!seen.add(type)
                        || Arrays.stream(type.getRecordComponents())
                                .map(RecordComponent::getType)
                                .allMatch(component -> isImmutable(component, seen)));
    }

    /** The value classes of {@code java.time}, every one of which is final. */
    private static boolean isTime(Class<?> type) {
        return type.getPackageName().equals("java.time") && Modifier.isFinal(type.getModifiers());
    }
}
