package io.cachemigrator.validation.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/** Finds every dependency on one of some types or a subtype of one; the types themselves may use each other. */
final class UseNoLegacyType extends ArchCondition<JavaClass> {
    private final Set<String> types;

    UseNoLegacyType(Set<String> types) {
        super("use no legacy type");
        this.types = Set.copyOf(types);
    }

    @Override
    public void check(JavaClass subject, ConditionEvents events) {
        if (LegacyUsageRules.isInside(subject, types)) {
            return;
        }
        for (Dependency dependency : subject.getDirectDependenciesFromSelf()) {
            if (isLegacy(dependency.getTargetClass().getBaseComponentType())) {
                events.add(SimpleConditionEvent.violated(subject, dependency.getDescription()));
            }
        }
    }

    private boolean isLegacy(JavaClass target) {
        return types.stream().anyMatch(target::isAssignableTo) || LegacyUsageRules.isInside(target, types);
    }
}
