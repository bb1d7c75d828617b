package dev.lifeboat.testsupport;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives a test class, with its nested ones, a {@link RealPostgres} as a parameter, and closes it after the class. */
public final class RealPostgresExtension implements BeforeAllCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(RealPostgresExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        // A nested class finds its outer class' cluster here; JUnit closes it with the context that holds it.
        context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(RealPostgres.class, ignored -> RealPostgres.start(), RealPostgres.class);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RealPostgres.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return of(context);
    }

    static RealPostgres of(ExtensionContext context) {
        return context.getStore(NAMESPACE).get(RealPostgres.class, RealPostgres.class);
    }
}
