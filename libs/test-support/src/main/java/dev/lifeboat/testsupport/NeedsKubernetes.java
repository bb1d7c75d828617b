package dev.lifeboat.testsupport;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * A test that needs a real Kubernetes control plane ({@link RealKubernetes}): it runs where {@code scripts/kube-apiserver-tools} has put its
 * programs, and is reported as skipped, with the reason, elsewhere.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tag("kubernetes")
@ExtendWith(NeedsKubernetes.Condition.class)
public @interface NeedsKubernetes {
    /** Whether controllers, a scheduler and kwok's nodes are needed, too. */
    boolean controllers() default false;

    /** Looks for the programs. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            boolean controllers = AnnotationSupport.findAnnotation(context.getElement(), NeedsKubernetes.class)
                    .map(NeedsKubernetes::controllers)
                    .orElse(false);
            Optional<String> leftOut = RealKubernetes.leftOut(controllers);
            leftOut.ifPresent(reason -> System.err.println(context.getDisplayName() + " is " + reason));
            return leftOut.map(ConditionEvaluationResult::disabled)
                    .orElseGet(() -> ConditionEvaluationResult.enabled("a control plane is there"));
        }
    }
}
