package dev.lifeboat.orchestrator.connection;

import dev.lifeboat.aws.DatabaseSecrets.Credentials;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * A server and a role on it.
 *
 * @param host its address
 * @param port its port
 * @param credentials the role and its password
 */
public record PostgresLogin(String host, int port, Credentials credentials) {
    // The driver itself, not DriverManager: no other driver, and nothing that was registered, can come between.
    private static final Driver DRIVER = new Driver();

    /**
     * @return a new connection in autocommit, which the caller closes
     * @throws SQLException with PostgreSQL's SQLSTATE where it answered, else one of class 08
     */
    public Connection connect(String database, ConnectionLimits limits) throws SQLException {
        Properties properties = limits.properties();
        properties.setProperty("user", credentials.username());
        properties.setProperty("password", credentials.password());
        return DRIVER.connect(url(database), properties);
    }

    private String url(String database) {
        String address = host.contains(":") ? "[" + host + "]" : host;
        return "jdbc:postgresql://" + address + ":" + port + "/"
                + URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
