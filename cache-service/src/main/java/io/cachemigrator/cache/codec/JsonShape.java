package io.cachemigrator.cache.codec;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds values that JSON would turn into something else: a date, a set or an object where the declared type says only
 * {@code Object}, and an instance of a subclass of the declared class.
 */
final class JsonShape {
    private static final Set<Class<?>> NATIVE = Set.of(
            String.class,
            Boolean.class,
            Integer.class,
            Long.class,
            Short.class,
            Byte.class,
            Float.class,
            Double.class,
            BigInteger.class,
            BigDecimal.class);
    private static final int MAX_DEPTH = 500;

    private final JavaType type;

    /** Null until it is known; a type that refers to itself finds itself here. */
    private @Nullable Map<AnnotatedMember, JsonShape> properties;

    private @Nullable JsonShape content;

    private JsonShape(JavaType type) {
        this.type = type;
    }

    static JsonShape of(JavaType type) {
        return of(type, new HashMap<>());
    }

    private static JsonShape of(JavaType type, Map<JavaType, JsonShape> known) {
        @Nullable JsonShape earlier = known.get(type);
        if (earlier != null) {
            return earlier;
        }
        JsonShape shape = new JsonShape(type);
        known.put(type, shape);
        if (type.getContentType() != null) {
            shape.content = of(type.getContentType(), known);
        } else if (isBean(type)) {
            shape.properties = propertiesOf(type, known);
        }
        return shape;
    }

    /** Classes of the JDK and of Jackson have their own serialisers, which come with the matching readers. */
    private static boolean isBean(JavaType type) {
        Class<?> raw = type.getRawClass();
        String name = raw.getName();
        return !raw.isPrimitive()
                && !raw.isEnum()
                && !name.startsWith("java.")
                && !JsonNode.class.isAssignableFrom(raw);
    }

    private static Map<AnnotatedMember, JsonShape> propertiesOf(JavaType type, Map<JavaType, JsonShape> known) {
        Map<AnnotatedMember, JsonShape> found = new LinkedHashMap<>();
        List<BeanPropertyDefinition> definitions =
                Json.MAPPER.getSerializationConfig().introspect(type).findProperties();
        for (BeanPropertyDefinition definition : definitions) {
            AnnotatedMember accessor = definition.getAccessor();
            if (accessor != null) {
                accessor.fixAccess(false);
                found.put(accessor, of(accessor.getType(), known));
            }
        }
        return found;
    }

    /** Why JSON would lose something of a value, or null when it keeps it. */
    @Nullable
    String faultOf(@Nullable Object value) {
        return faultOf(value, 0);
    }

    private @Nullable String faultOf(@Nullable Object value, int depth) {
        if (value == null) {
            return null;
        }
        if (depth > MAX_DEPTH) {
            return "it is nested deeper than " + MAX_DEPTH + " levels or refers to itself";
        }
        if (type.isJavaLangObject()) {
            return untypedFault(value, depth);
        }
        if (content != null) {
            return contentFault(value, content, depth);
        }
        return properties == null ? null : beanFault(value, properties, depth);
    }

    private @Nullable String untypedFault(Object value, int depth) {
        if (NATIVE.contains(value.getClass()) || value instanceof JsonNode) {
            return null;
        }
        if (value instanceof List<?> list) {
            return firstFault(list, this, depth);
        }
        if (value instanceof Map<?, ?> map) {
            for (Object key : map.keySet()) {
                if (!(key instanceof String)) {
                    return "a map without declared types has a key that is not a String";
                }
            }
            return firstFault(map.values(), this, depth);
        }
        return "an instance of " + value.getClass().getName() + " stands where only Object is declared";
    }

    private static @Nullable String contentFault(Object value, JsonShape content, int depth) {
        if (value instanceof Map<?, ?> map) {
            return firstFault(map.values(), content, depth);
        }
        if (value instanceof Iterable<?> items) {
            return firstFault(items, content, depth);
        }
        return value instanceof Object[] array ? firstFault(Arrays.asList(array), content, depth) : null;
    }

    private static @Nullable String firstFault(Iterable<?> items, JsonShape shape, int depth) {
        for (Object item : items) {
            @Nullable String fault = shape.faultOf(item, depth + 1);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private @Nullable String beanFault(Object value, Map<AnnotatedMember, JsonShape> members, int depth) {
        Class<?> raw = type.getRawClass();
        if (value.getClass() != raw && !Modifier.isFinal(raw.getModifiers())) {
            return "an instance of " + value.getClass().getName() + " stands where " + raw.getName() + " is declared";
        }
        for (Map.Entry<AnnotatedMember, JsonShape> member : members.entrySet()) {
            JsonShape shape = member.getValue();
            if (shape.isSettled()) {
                continue;
            }
            @Nullable String fault = shape.faultOf(member.getKey().getValue(value), depth + 1);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    /** Whether nothing below this can be at fault, so that the value need not be fetched. */
    private boolean isSettled() {
        return properties == null && content == null && !type.isJavaLangObject();
    }
}
