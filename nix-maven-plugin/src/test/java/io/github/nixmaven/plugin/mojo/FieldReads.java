package io.github.nixmaven.plugin.mojo;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaMethodReference;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** Which of its fields a goal's {@code execute} reads, on any way through its own methods. */
final class FieldReads {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackagesOf(AbstractNixMojo.class);

  private final JavaClass goal;
  private final Set<JavaCodeUnit> seen = new HashSet<>();
  private final Deque<JavaCodeUnit> todo = new ArrayDeque<>();
  private final Set<String> fields = new TreeSet<>();

  private FieldReads(JavaClass goal) {
    this.goal = goal;
  }

  static Set<String> of(Class<?> goal) {
    FieldReads reads = new FieldReads(CLASSES.get(goal));
    reads.todo.add(CLASSES.get(AbstractNixMojo.class).getMethod("execute"));
    while (!reads.todo.isEmpty()) {
      reads.visit(reads.todo.remove());
    }
    return reads.fields;
  }

  private void visit(JavaCodeUnit unit) {
    if (!seen.add(unit)) {
      return;
    }
    for (JavaFieldAccess access : unit.getFieldAccesses()) {
      if (access.getAccessType() == JavaFieldAccess.AccessType.GET
          && isOurs(access.getTargetOwner())) {
        fields.add(access.getTarget().getName());
      }
    }
    for (JavaMethodCall call : unit.getMethodCallsFromSelf()) {
      follow(call.getTarget());
    }
    for (JavaMethodReference reference : unit.getMethodReferencesFromSelf()) {
      follow(reference.getTarget());
    }
  }

  /** The goal's own method, and the one that is named: it may be meant by {@code super}. */
  private void follow(AccessTarget.CodeUnitAccessTarget target) {
    if (isOurs(target.getOwner())) {
      add(goal, target);
      add(target.getOwner(), target);
    }
  }

  private void add(JavaClass from, AccessTarget.CodeUnitAccessTarget target) {
    String[] parameters =
        target.getRawParameterTypes().stream().map(JavaClass::getName).toArray(String[]::new);
    for (JavaClass type = from; isOurs(type); type = type.getRawSuperclass().orElseThrow()) {
      var found = type.tryGetMethod(target.getName(), parameters);
      if (found.isPresent()) {
        todo.add(found.get());
        return;
      }
    }
  }

  private boolean isOurs(JavaClass type) {
    return goal.isAssignableTo(type.getName()) && CLASSES.contain(type.getName());
  }
}
