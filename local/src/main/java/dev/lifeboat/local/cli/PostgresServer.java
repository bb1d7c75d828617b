package dev.lifeboat.local.cli;

import dev.lifeboat.pgrestore.Databases;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * The server that a person named.
 *
 * @param host a name or an address
 * @param user a superuser
 * @param password null to leave it to {@code ~/.pgpass}
 */
record PostgresServer(String host, int port, String user, String password) implements Databases {
    private static final Driver DRIVER = new Driver();

    @Override
    public Connection connect(String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        if (password != null) {
            properties.setProperty("password", password);
        }
        properties.setProperty("connectTimeout", "15");
        properties.setProperty("tcpKeepAlive", "true");
        String address = host.contains(":") ? "[" + host + "]" : host;
        return DRIVER.connect(
                "jdbc:postgresql://" + address + ":" + port + "/"
                        + URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20"),
                properties);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return user + "@" + host + ":" + port;
    }
}
