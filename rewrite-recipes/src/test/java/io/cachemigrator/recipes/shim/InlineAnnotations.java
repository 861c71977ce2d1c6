package io.cachemigrator.recipes.shim;

import com.google.errorprone.annotations.InlineMe;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Types;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** What the shim's classes say of replacing their methods, read by the compiler. */
final class InlineAnnotations {
    private InlineAnnotations() {}

    /**
     * A method that says what it is replaced by.
     *
     * @param type its class
     * @param pattern the class, the method and its parameters, as OpenRewrite writes patterns of methods
     * @param replacement the expression
     * @param imports types that it names
     * @param staticImports members that it names
     */
    record Inlined(String type, String pattern, String replacement, List<String> imports, List<String> staticImports) {}

    /** Every one, by pattern. */
    static List<Inlined> of(Path sources, String classpath) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files =
                        compiler.getStandardFileManager(null, Locale.ENGLISH, StandardCharsets.UTF_8);
                Stream<Path> all = Files.walk(sources)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null,
                    files,
                    null,
                    List.of("-proc:none", "-classpath", classpath),
                    List.of("java.lang.Object"),
                    null);
            List<Inlined> inlined = new ArrayList<>();
            all.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> sources.relativize(file).toString().replaceAll("[/\\\\]", "."))
                    .map(name -> task.getElements().getTypeElement(name.substring(0, name.length() - ".java".length())))
                    .filter(type -> type != null)
                    .forEach(type -> members(type, task.getTypes(), inlined));
            inlined.sort(Comparator.comparing(Inlined::pattern));
            return inlined;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void members(TypeElement type, Types types, List<Inlined> into) {
        ElementFilter.methodsIn(type.getEnclosedElements()).forEach(method -> add(type, method, types, into));
        ElementFilter.constructorsIn(type.getEnclosedElements()).forEach(method -> add(type, method, types, into));
        ElementFilter.typesIn(type.getEnclosedElements()).forEach(inner -> members(inner, types, into));
    }

    private static void add(TypeElement type, ExecutableElement method, Types types, List<Inlined> into) {
        InlineMe said = method.getAnnotation(InlineMe.class);
        if (said != null) {
            List<String> parameters = method.getParameters().stream()
                    .map(VariableElement::asType)
                    .map(types::erasure)
                    .map(TypeMirror::toString)
                    .toList();
            String name = type.getQualifiedName().toString();
            String pattern = name + " " + method.getSimpleName() + "(" + String.join(", ", parameters) + ")";
            into.add(new Inlined(
                    name, pattern, said.replacement(), List.of(said.imports()), List.of(said.staticImports())));
        }
    }
}
