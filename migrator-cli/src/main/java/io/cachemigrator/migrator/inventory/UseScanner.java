package io.cachemigrator.migrator.inventory;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/** Finds the legacy uses of one source, which the compiler has given its types. Classes that are annotated as generated are left out. */
final class UseScanner extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final String file;
    private final LegacyIndex index;
    private final Trees trees;
    private final LegacyElements legacy;
    private final Elements elements;
    private final CompilationUnitTree unit;
    private final FilledMaps maps;
    private final List<LegacyUse> uses = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private final Set<Tree> handled = new HashSet<>();
    private final Set<String> unknownNames = new HashSet<>();
    private boolean generated;

    UseScanner(String file, LegacyIndex index, JavacTask task, Trees trees, CompilationUnitTree unit) {
        this.file = file;
        this.index = index;
        this.trees = trees;
        this.legacy = new LegacyElements(index, task.getTypes());
        this.elements = task.getElements();
        this.unit = unit;
        this.maps = new FilledMaps(index, trees, task.getTypes());
    }

    List<LegacyUse> uses() {
        return uses;
    }

    List<Gap> gaps() {
        return gaps;
    }

    boolean hasGenerated() {
        return generated;
    }

    @Override
    public @Nullable Void visitImport(ImportTree statement, @Nullable Void nothing) {
        String name = statement.getQualifiedIdentifier().toString();
        String owner = name.substring(0, Math.max(0, name.lastIndexOf('.')));
        String type = statement.isStatic() ? owner : name;
        if (name.endsWith(".*") && !statement.isStatic()) {
            boolean missing = elements.getPackageElement(owner) == null && elements.getTypeElement(owner) == null;
            if (missing && index.isFoundPackage(owner)) {
                untyped(statement, owner + ".*");
                unknownNames.add("*");
            }
        } else if (isFound(index.of(type)) && elements.getTypeElement(type) == null) {
            untyped(statement, type);
            unknownNames.add(type.substring(type.lastIndexOf('.') + 1));
        }
        return null;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
        boolean isGenerated = type.getModifiers().getAnnotations().stream().anyMatch(UseScanner::saysGenerated);
        if (isGenerated) {
            generated = true;
            return null;
        }
        if (trees.getElement(getCurrentPath()) instanceof TypeElement element) {
            if (legacy.exactly(element) != null) {
                return null; // legacy types may use each other
            }
            maps.evicting(type, element, getCurrentPath()).forEach(this::pattern);
        }
        return super.visitClass(type, null);
    }

    private static boolean saysGenerated(AnnotationTree annotation) {
        String name = annotation.getAnnotationType().toString();
        return name.equals("Generated") || name.endsWith(".Generated");
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
        maps.filledIn(getCurrentPath()).forEach(this::pattern);
        return super.visitMethod(method, null);
    }

    @Override
    public @Nullable Void visitIdentifier(IdentifierTree name, @Nullable Void nothing) {
        Element element = trees.getElement(getCurrentPath());
        if (!handled.contains(name)) {
            use(name, element, name.getName().toString());
        }
        return super.visitIdentifier(name, null);
    }

    @Override
    public @Nullable Void visitMemberSelect(MemberSelectTree select, @Nullable Void nothing) {
        Element element = trees.getElement(getCurrentPath());
        if (!handled.contains(select)
                && use(select, element, select.getIdentifier().toString())) {
            markHandled(select.getExpression());
        }
        return super.visitMemberSelect(select, null);
    }

    /** A type's name, or a constant of a legacy type. */
    private boolean use(Tree tree, @Nullable Element element, String text) {
        if (element instanceof TypeElement type && type.asType().getKind() != TypeKind.ERROR) {
            LegacyIndex.Entry entry = legacy.exactly(type);
            return entry != null && add(tree, entry, type, null, false);
        }
        if (element instanceof VariableElement field
                && (field.getKind() == ElementKind.FIELD || field.getKind() == ElementKind.ENUM_CONSTANT)
                && field.getEnclosingElement() instanceof TypeElement owner) {
            LegacyIndex.Entry entry = legacy.exactly(owner);
            return entry != null && !text.equals("class") && add(tree, entry, owner, text, false);
        }
        boolean unknown = element == null || element.asType().getKind() == TypeKind.ERROR;
        if (unknown && (unknownNames.contains(text) || isLegacyError(element))) {
            untyped(tree, text);
        }
        return false;
    }

    private boolean isLegacyError(@Nullable Element element) {
        return element instanceof TypeElement type && isFound(legacy.exactly(type));
    }

    private static boolean isFound(LegacyIndex.@Nullable Entry entry) {
        return entry != null && entry.found();
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void nothing) {
        ExpressionTree select = call.getMethodSelect();
        Element element = trees.getElement(new TreePath(getCurrentPath(), select));
        handled.add(select);
        if (element instanceof ExecutableElement method && element.asType().getKind() != TypeKind.ERROR) {
            called(call, select, method);
        } else if (select instanceof MemberSelectTree member) {
            unknownCall(member);
        }
        maps.computed(getCurrentPath()).ifPresent(this::pattern);
        return super.visitMethodInvocation(call, null);
    }

    private void called(MethodInvocationTree call, ExpressionTree select, ExecutableElement method) {
        TypeElement receiver = select instanceof MemberSelectTree member
                ? legacy.element(trees.getTypeMirror(
                        new TreePath(new TreePath(getCurrentPath(), select), member.getExpression())))
                : null;
        if (method.getEnclosingElement() instanceof TypeElement declaring) {
            TypeElement owner = legacy.owner(receiver, declaring);
            boolean constructor = method.getKind() == ElementKind.CONSTRUCTOR;
            String name = constructor ? "<init>" : method.getSimpleName().toString();
            LegacyIndex.Entry entry = legacy.of(owner, name);
            if (entry != null) {
                boolean seen = receiver == null
                        ? method.getModifiers().contains(Modifier.STATIC) // else the class belongs to the project
                        : !constructor && legacy.exactly(receiver) != null;
                add(select instanceof MemberSelectTree ? select : call, entry, owner, name, seen);
                if (select instanceof MemberSelectTree member) {
                    markHandled(member.getExpression());
                }
            }
        }
    }

    private void unknownCall(MemberSelectTree member) {
        TypeMirror receiver = trees.getTypeMirror(new TreePath(getCurrentPath(), member.getExpression()));
        String name = member.getIdentifier().toString();
        boolean unknown = receiver == null || receiver.getKind() == TypeKind.ERROR;
        if (unknown && index.isTelling(name)) {
            untyped(member, name);
        }
    }

    @Override
    public @Nullable Void visitNewClass(NewClassTree construction, @Nullable Void nothing) {
        ExpressionTree named = construction.getIdentifier();
        TypeElement type = type(named);
        LegacyIndex.Entry entry = type == null ? null : legacy.exactly(type);
        if (type != null && entry != null) {
            add(construction, entry, type, "<init>", construction.getClassBody() == null);
            markHandled(named);
        }
        return super.visitNewClass(construction, null);
    }

    private @Nullable TypeElement type(ExpressionTree named) {
        return legacy.element(trees.getTypeMirror(new TreePath(getCurrentPath(), named)));
    }

    @Override
    public @Nullable Void visitMemberReference(MemberReferenceTree reference, @Nullable Void nothing) {
        Element element = trees.getElement(getCurrentPath());
        if (element instanceof ExecutableElement method
                && element.asType().getKind() != TypeKind.ERROR
                && method.getEnclosingElement() instanceof TypeElement declaring) {
            TypeElement owner = legacy.owner(type(reference.getQualifierExpression()), declaring);
            boolean constructor = reference.getMode() == MemberReferenceTree.ReferenceMode.NEW;
            String member = constructor ? "<init>" : reference.getName().toString();
            LegacyIndex.Entry entry = legacy.of(owner, member);
            if (entry != null) {
                // which type a compiler writes down for an inherited method depends on its version
                add(reference, entry, owner, member, legacy.exactly(declaring) != null);
                markHandled(reference.getQualifierExpression());
            }
        }
        return super.visitMemberReference(reference, null);
    }

    /** Keeps the name of a type that a call or construction already counts from being counted again. */
    private void markHandled(Tree tree) {
        Tree bare = tree instanceof ParameterizedTypeTree generic ? generic.getType() : tree;
        if (bare instanceof IdentifierTree || bare instanceof MemberSelectTree) {
            handled.add(bare);
        }
    }

    private boolean add(Tree tree, LegacyIndex.Entry entry, TypeElement type, @Nullable String member, boolean seen) {
        if (trees.getSourcePositions().getEndPosition(unit, tree) < 0) {
            return false; // the compiler has put it there
        }
        String simple = type.getSimpleName().toString();
        uses.add(new LegacyUse(
                file,
                line(tree),
                entry.family(),
                entry.api(),
                simple.isEmpty()
                        ? entry.api().type().substring(entry.api().type().lastIndexOf('.') + 1)
                        : simple,
                member,
                LegacyUse.Evidence.SOURCE,
                seen));
        return true;
    }

    private void pattern(FilledMaps.Filled found) {
        String type = found.entry().api().type();
        uses.add(new LegacyUse(
                file,
                line(found.tree()),
                found.entry().family(),
                found.entry().api(),
                type.substring(type.lastIndexOf('.') + 1),
                found.member(),
                LegacyUse.Evidence.SOURCE,
                false));
    }

    private void untyped(Tree tree, String what) {
        Gap gap = Gap.untyped(file, line(tree), what);
        if (!gaps.contains(gap)) {
            gaps.add(gap);
        }
    }

    /** The line on which the name of a member stands, which is where a chain of calls goes on. */
    private int line(Tree tree) {
        long at = trees.getSourcePositions().getStartPosition(unit, tree);
        if (tree instanceof MemberSelectTree || tree instanceof MemberReferenceTree) {
            at = trees.getSourcePositions().getEndPosition(unit, tree) - 1;
        }
        return at < 0 ? 1 : (int) unit.getLineMap().getLineNumber(at);
    }
}
