package io.cachemigrator.migrator.inventory;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/**
 * Tells maps that are caches from others, by what the code does with them: a field that {@code computeIfAbsent} fills, or that is looked
 * at, tested and filled in one method; a subclass that drops its eldest entry. A map that only collects (into lists, sets or further
 * maps that begin empty) or counts (with literals and sums) is none.
 */
final class FilledMaps {
    private final LegacyIndex index;
    private final Trees trees;
    private final Types types;

    FilledMaps(LegacyIndex index, Trees trees, Types types) {
        this.index = index;
        this.trees = trees;
        this.types = types;
    }

    /**
     * A place where a map is a cache.
     *
     * @param tree where
     * @param entry what the map of the family says of it
     * @param member the method that tells
     */
    record Filled(Tree tree, LegacyIndex.Entry entry, String member) {}

    /** The method that drops the eldest entry, in a class that has one. */
    List<Filled> evicting(ClassTree type, TypeElement element, TreePath path) {
        LegacyIndex.Entry entry =
                element.getSuperclass() instanceof DeclaredType above && above.asElement() instanceof TypeElement parent
                        ? index.evicting(parent.getQualifiedName().toString())
                        : null;
        if (entry == null) {
            return List.of();
        }
        List<Filled> found = new ArrayList<>();
        for (Tree member : type.getMembers()) {
            if (member instanceof MethodTree method && method.getName().contentEquals("removeEldestEntry")) {
                found.add(new Filled(method, entry, "removeEldestEntry"));
            }
        }
        return found;
    }

    /** A call of {@code computeIfAbsent} on a field. */
    Optional<Filled> computed(TreePath path) {
        MethodInvocationTree call = (MethodInvocationTree) path.getLeaf();
        if (!(call.getMethodSelect() instanceof MemberSelectTree select)
                || !select.getIdentifier().contentEquals("computeIfAbsent")
                || call.getArguments().size() != 2) {
            return Optional.empty();
        }
        Element field = field(new TreePath(new TreePath(path, select), select.getExpression()));
        ExpressionTree making = call.getArguments().get(1);
        if (field == null || makesContainer(new TreePath(path, making))) {
            return Optional.empty();
        }
        return Optional.ofNullable(entry(field)).map(entry -> new Filled(select, entry, "computeIfAbsent"));
    }

    /** Fields that one method looks at, tests and fills. */
    List<Filled> filledIn(TreePath method) {
        Flow flow = new Flow();
        flow.scan(method, null);
        List<Filled> found = new ArrayList<>();
        flow.looks.forEach((field, look) -> {
            LegacyIndex.Entry entry = entry(field);
            if (entry != null && flow.tested.contains(field) && flow.fills.contains(field)) {
                found.add(new Filled(look, entry, "get"));
            }
        });
        return found;
    }

    private LegacyIndex.@Nullable Entry entry(Element field) {
        return types.erasure(field.asType()) instanceof DeclaredType declared
                        && declared.asElement() instanceof TypeElement type
                ? index.filledOnMiss(type.getQualifiedName().toString())
                : null;
    }

    private @Nullable Element field(TreePath path) {
        Element element = trees.getElement(path);
        return element != null && element.getKind() == ElementKind.FIELD ? element : null;
    }

    /** Whether a function makes an empty collection or map, whatever its key is. */
    private boolean makesContainer(TreePath path) {
        Tree tree = bare(path.getLeaf());
        if (tree instanceof LambdaExpressionTree lambda) {
            return lambda.getBody() instanceof ExpressionTree body && isContainer(new TreePath(path, body));
        }
        return tree instanceof MemberReferenceTree reference
                && reference.getMode() == MemberReferenceTree.ReferenceMode.NEW
                && isCollection(trees.getTypeMirror(new TreePath(path, reference.getQualifierExpression())));
    }

    private boolean isContainer(TreePath path) {
        if (bare(path.getLeaf()) instanceof NewClassTree construction) {
            return construction.getArguments().isEmpty() && isCollection(trees.getTypeMirror(path));
        }
        return bare(path.getLeaf()) instanceof MethodInvocationTree call
                && call.getArguments().isEmpty()
                && isCollection(trees.getTypeMirror(path));
    }

    private boolean isCollection(@Nullable TypeMirror type) {
        if (type == null || type.getKind() != TypeKind.DECLARED) {
            return false;
        }
        if (types.asElement(type) instanceof TypeElement element) {
            String name = element.getQualifiedName().toString();
            return name.equals("java.util.Collection")
                    || name.equals("java.util.Map")
                    || types.directSupertypes(type).stream().anyMatch(this::isCollection);
        }
        return false;
    }

    private static Tree bare(Tree tree) {
        return tree instanceof ParenthesizedTree parentheses ? bare(parentheses.getExpression()) : tree;
    }

    /** What a method does with fields that are maps. */
    private final class Flow extends TreePathScanner<@Nullable Void, @Nullable Void> {
        private final Map<Element, Tree> looks = new LinkedHashMap<>();
        private final List<Element> tested = new ArrayList<>();
        private final List<Element> fills = new ArrayList<>();
        private final Map<Element, Element> fieldOfLocal = new HashMap<>();
        private final List<Element> containers = new ArrayList<>();

        @Override
        public @Nullable Void visitVariable(VariableTree variable, @Nullable Void nothing) {
            if (variable.getInitializer() != null) {
                assigned(trees.getElement(getCurrentPath()), new TreePath(getCurrentPath(), variable.getInitializer()));
            }
            return super.visitVariable(variable, null);
        }

        @Override
        public @Nullable Void visitAssignment(AssignmentTree assignment, @Nullable Void nothing) {
            assigned(
                    trees.getElement(new TreePath(getCurrentPath(), assignment.getVariable())),
                    new TreePath(getCurrentPath(), assignment.getExpression()));
            return super.visitAssignment(assignment, null);
        }

        private void assigned(@Nullable Element local, TreePath value) {
            Element field = called(value, "get");
            if (local != null && field != null) {
                fieldOfLocal.put(local, field);
            } else if (local != null && isContainer(value)) {
                containers.add(local);
            }
        }

        /** The field that a method is called on; null = it is another expression. */
        private @Nullable Element called(TreePath path, String method) {
            TreePath inner = path;
            while (inner.getLeaf() instanceof ParenthesizedTree parentheses) {
                inner = new TreePath(inner, parentheses.getExpression());
            }
            return inner.getLeaf() instanceof MethodInvocationTree call
                            && call.getMethodSelect() instanceof MemberSelectTree select
                            && select.getIdentifier().contentEquals(method)
                    ? field(new TreePath(new TreePath(inner, select), select.getExpression()))
                    : null;
        }

        @Override
        public @Nullable Void visitBinary(BinaryTree binary, @Nullable Void nothing) {
            boolean compares = binary.getKind() == Tree.Kind.EQUAL_TO || binary.getKind() == Tree.Kind.NOT_EQUAL_TO;
            if (compares && binary.getRightOperand().getKind() == Tree.Kind.NULL_LITERAL) {
                test(new TreePath(getCurrentPath(), binary.getLeftOperand()));
            } else if (compares && binary.getLeftOperand().getKind() == Tree.Kind.NULL_LITERAL) {
                test(new TreePath(getCurrentPath(), binary.getRightOperand()));
            }
            return super.visitBinary(binary, null);
        }

        private void test(TreePath path) {
            TreePath inner = path;
            while (inner.getLeaf() instanceof ParenthesizedTree parentheses) {
                inner = new TreePath(inner, parentheses.getExpression());
            }
            if (inner.getLeaf() instanceof AssignmentTree assignment) {
                assigned(
                        trees.getElement(new TreePath(inner, assignment.getVariable())),
                        new TreePath(inner, assignment.getExpression()));
                inner = new TreePath(inner, assignment.getVariable());
            }
            Element direct = called(inner, "get");
            Element local = trees.getElement(inner);
            Element field = direct != null ? direct : local == null ? null : fieldOfLocal.get(local);
            if (field != null) {
                tested.add(field);
            }
        }

        @Override
        public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void nothing) {
            TreePath path = getCurrentPath();
            for (String look : List.of("get", "containsKey")) {
                Element looked = called(path, look);
                if (looked != null) {
                    looks.putIfAbsent(looked, call.getMethodSelect());
                    if (look.equals("containsKey")) {
                        tested.add(looked);
                    }
                }
            }
            for (String fill : List.of("put", "putIfAbsent")) {
                Element filled = called(path, fill);
                if (filled != null && call.getArguments().size() == 2) {
                    TreePath value = new TreePath(path, call.getArguments().get(1));
                    if (!isCountOrContainer(value)) {
                        fills.add(filled);
                    }
                }
            }
            return super.visitMethodInvocation(call, null);
        }

        private boolean isCountOrContainer(TreePath value) {
            Tree tree = bare(value.getLeaf());
            Element local = trees.getElement(value);
            return tree instanceof LiteralTree
                    || tree instanceof BinaryTree
                    || isContainer(value)
                    || (local != null && containers.contains(local));
        }
    }
}
