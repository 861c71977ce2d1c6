package io.cachemigrator.validation.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Finds every dependency on one of some types or a subtype of one; the types themselves may use each other. */
final class UseNoLegacyType extends ArchCondition<JavaClass> {
    private final LegacyTypes types;

    UseNoLegacyType(LegacyTypes types) {
        super("use no legacy type");
        this.types = types;
    }

    @Override
    public void check(JavaClass subject, ConditionEvents events) {
        if (types.contains(subject)) {
            return;
        }
        for (Dependency dependency : subject.getDirectDependenciesFromSelf()) {
            if (types.of(dependency.getTargetClass().getBaseComponentType()) != null) {
                events.add(SimpleConditionEvent.violated(subject, dependency.getDescription()));
            }
        }
    }
}
