package dev.lifeboat.pgrestore;

import dev.lifeboat.testsupport.RealPostgres;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.PGConnection;

/** Ends the backend of one of its connections at a chosen instant, as a crash of the client or of a pod does. */
final class FaultyDatabases implements Databases {
    /** What goes to the server, or comes right after it. */
    private static final Set<String> INSTANTS =
            Set.of("createStatement", "prepareStatement", "setAutoCommit", "unwrap", "commit");

    private final RealPostgres postgres;
    private final int fatalInstant;
    private final AtomicInteger instants = new AtomicInteger();

    /** @param fatalInstant counted from 1; 0 for none */
    FaultyDatabases(RealPostgres postgres, int fatalInstant) {
        this.postgres = postgres;
        this.fatalInstant = fatalInstant;
    }

    int instants() {
        return instants.get();
    }

    @Override
    public Connection connect(String database) throws SQLException {
        Connection connection = postgres.connect(database);
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    boolean instant = INSTANTS.contains(method.getName());
                    if (instant) {
                        passInstant(connection);
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        if (method.getName().equals("commit")) {
                            passInstant(connection);
                        }
                    }
                });
    }

    private void passInstant(Connection connection) throws SQLException {
        if (instants.incrementAndGet() != fatalInstant) {
            return;
        }
        int pid = connection.unwrap(PGConnection.class).getBackendPID();
        try (Connection executioner = postgres.connect("postgres");
                Statement statement = executioner.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(" + pid + ", 5000)");
        }
    }
}
