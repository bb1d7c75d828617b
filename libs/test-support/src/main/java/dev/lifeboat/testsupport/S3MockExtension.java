package dev.lifeboat.testsupport;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives test classes an {@link S3MockServer} as a parameter: one for all classes, so each makes buckets of its own. */
public final class S3MockExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(S3MockExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == S3MockServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(S3MockServer.class, ignored -> S3MockServer.start(), S3MockServer.class);
    }
}
