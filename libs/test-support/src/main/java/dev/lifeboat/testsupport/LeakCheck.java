package dev.lifeboat.testsupport;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Fails a test that leaves a connection to the class' {@link RealPostgres} open, or a stream that it had
 * {@link OpenStreams} (a parameter of the test) watch. Register it after {@link RealPostgresExtension}.
 */
public final class LeakCheck implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(LeakCheck.class);
    private static final String BACKENDS = "backends";
    // A backend outlives its connection by the moment that it takes to notice.
    private static final int LOOKS = 100;
    private static final int PAUSE_MILLIS = 30;

    @Override
    public void beforeEach(ExtensionContext context) throws SQLException {
        RealPostgres postgres = RealPostgresExtension.of(context);
        if (postgres != null) {
            context.getStore(NAMESPACE).put(BACKENDS, backends(postgres));
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws SQLException, InterruptedException {
        OpenStreams streams = context.getStore(NAMESPACE).get(OpenStreams.class, OpenStreams.class);
        if (streams != null && !streams.names().isEmpty()) {
            throw new AssertionError("The test left streams open: " + streams.names());
        }
        RealPostgres postgres = RealPostgresExtension.of(context);
        if (postgres != null) {
            checkBackends(postgres, context);
        }
    }

    private static void checkBackends(RealPostgres postgres, ExtensionContext context)
            throws SQLException, InterruptedException {
        Map<Integer, String> left = Map.of();
        for (int look = 0; look < LOOKS; look++) {
            left = backends(postgres);
            left.keySet().removeAll(before(context).keySet());
            if (left.isEmpty()) {
                return;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        throw new AssertionError("The test left connections open: " + left);
    }

    @SuppressWarnings("unchecked") // put by beforeEach
    private static Map<Integer, String> before(ExtensionContext context) {
        return context.getStore(NAMESPACE).getOrDefault(BACKENDS, Map.class, Map.of());
    }

    private static Map<Integer, String> backends(RealPostgres postgres) throws SQLException {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT pid, datname || ': ' || left(query, 80)"
                        + " FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()")) {
            Map<Integer, String> backends = new TreeMap<>();
            while (rows.next()) {
                backends.put(rows.getInt(1), rows.getString(2));
            }
            return backends;
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == OpenStreams.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(OpenStreams.class, ignored -> new OpenStreams(), OpenStreams.class);
    }
}
