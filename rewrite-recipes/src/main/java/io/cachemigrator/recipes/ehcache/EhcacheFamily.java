package io.cachemigrator.recipes.ehcache;

import io.cachemigrator.recipes.exchange.Family;
import io.cachemigrator.recipes.exchange.Throws;
import io.cachemigrator.recipes.exchange.Types;
import io.cachemigrator.recipes.exchange.Verdict;
import io.cachemigrator.recipes.services.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Cursor;
import org.openrewrite.PrintOutputCapture;
import org.openrewrite.java.JavaPrinter;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;

/** Caches of Ehcache 2. */
final class EhcacheFamily extends Family {
    private static final Set<String> MAKERS = Set.of("create", "newInstance", "getInstance");
    private static final Set<String> CONSTANTS = Set.of("LRU", "LFU", "FIFO");
    private static final Pattern XML_NAME = Pattern.compile("\"[^\"]*?([^\"/\\\\]+\\.xml)\"");
    private static final Pattern ROOT = Pattern.compile("<ehcache[\\s>/]");

    /** What cannot be kept of each configuration. */
    private final Map<String, Optional<String>> configurations = new TreeMap<>();

    EhcacheFamily() {
        super(EhcacheTypes.renames(), List.of(EhcacheTypes.EHCACHE), List.of(EhcacheTypes.NEW));
    }

    @Override
    public Set<String> ownFailures() {
        return Set.of(EhcacheTypes.EXCEPTION, EhcacheTypes.EXISTS);
    }

    @Override
    public Throws thrownBy(JavaType.@Nullable Method method, @Nullable Expression select) {
        if (method == null) {
            return Throws.FOREIGN;
        }
        String owner = method.getDeclaringType().getFullyQualifiedName();
        if (isOwn(owner)) {
            return Throws.LOAD;
        }
        return owner.startsWith("java.") || owner.startsWith("javax.") ? Throws.NOTHING : Throws.UNKNOWN;
    }

    @Override
    public @Nullable Refusal mention(String name) {
        Refusal known = isReplaced(name) ? null : EhcacheRefusals.ofType(name);
        return known == null ? super.mention(name) : known;
    }

    @Override
    public @Nullable Refusal extension(JavaType parent) {
        Refusal known = mention(String.valueOf(Types.name(parent)));
        return known == null ? EhcacheRefusals.SUBCLASS : known;
    }

    @Override
    public @Nullable Refusal construction(J.NewClass construction, String name) {
        JavaType.Method constructor = construction.getConstructorType();
        if (!isReplaced(name)) {
            return mention(name);
        }
        if (construction.getBody() != null || constructor == null) {
            return EhcacheRefusals.SUBCLASS;
        }
        if (!EhcacheTypes.has(name, constructor)) {
            return EhcacheRefusals.ofMember("That constructor of " + Types.shown(name), "<init>");
        }
        boolean disk = name.equals(EhcacheTypes.CACHE)
                && construction.getArguments().size() == 6
                && !(construction.getArguments().get(2) instanceof J.Literal literal
                        && Boolean.FALSE.equals(literal.getValue()));
        return disk ? EhcacheRefusals.DISK : null;
    }

    @Override
    public Verdict call(J.MethodInvocation call, JavaType.Method method, Cursor cursor) {
        return Verdict.of(member(method));
    }

    @Override
    public @Nullable Refusal reference(J.MemberReference reference, JavaType.Method method) {
        if (method.isConstructor()
                && method.getDeclaringType().getFullyQualifiedName().equals(EhcacheTypes.CACHE)
                && method.getParameterTypes().size() == 6) {
            return EhcacheRefusals.DISK;
        }
        return member(method);
    }

    private static @Nullable Refusal member(JavaType.Method method) {
        String owner = method.getDeclaringType().getFullyQualifiedName();
        return EhcacheTypes.has(owner, method)
                ? null
                : EhcacheRefusals.ofMember(Types.shown(owner) + "." + method.getName(), method.getName());
    }

    @Override
    public @Nullable Refusal field(JavaType.Variable field) {
        boolean kept =
                EhcacheTypes.EVICTION.equals(Types.name(field.getOwner())) && CONSTANTS.contains(field.getName());
        String api = Types.shown(String.valueOf(Types.name(field.getOwner()))) + "." + field.getName();
        return kept ? null : EhcacheRefusals.ofMember(api, field.getName());
    }

    /** The new element is not serializable itself. */
    @Override
    public @Nullable Refusal given(JavaType target, Expression value) {
        return "java.io.Serializable".equals(Types.name(target))
                        && EhcacheTypes.ELEMENT.equals(Types.name(value.getType()))
                ? EhcacheRefusals.SERIALIZED
                : null;
    }

    @Override
    public void resource(String path, Supplier<String> text) {
        if (path.endsWith(".xml")) {
            String content = text.get();
            if (ROOT.matcher(content).find()) {
                configurations.put(path, Optional.ofNullable(EhcacheXml.problem(content)));
            }
        }
    }

    @Override
    public @Nullable Supplier<@Nullable Refusal> later(J use, JavaType.Method method, List<Expression> arguments) {
        boolean reads = method.getDeclaringType().getFullyQualifiedName().equals(EhcacheTypes.MANAGER)
                && (method.isConstructor() || MAKERS.contains(method.getName()));
        return reads ? () -> configuration(method, arguments) : null;
    }

    private static String written(Expression argument) {
        PrintOutputCapture<Integer> output = new PrintOutputCapture<>(0);
        new JavaPrinter<Integer>().visit(argument, output);
        return output.getOut();
    }

    private @Nullable Refusal configuration(JavaType.Method method, List<Expression> arguments) {
        String file = "ehcache.xml";
        if (!method.getParameterTypes().isEmpty()) {
            Matcher name = XML_NAME.matcher(written(arguments.get(0)));
            file = name.find() ? name.group(1) : "";
        }
        boolean none = true;
        for (Map.Entry<String, Optional<String>> known : configurations.entrySet()) {
            String path = known.getKey();
            if (file.isEmpty() || path.substring(path.lastIndexOf('/') + 1).equals(file)) {
                none = false;
                if (known.getValue().isPresent()) {
                    return EhcacheRefusals.feature(path, known.getValue().get());
                }
            }
        }
        return none ? EhcacheRefusals.notFound(file.isEmpty() ? "that is given here" : file) : null;
    }
}
