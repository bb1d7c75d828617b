package dev.lifeboat.pgrestore;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Where the databases are. The implementation knows host, superuser and password; it opens a fresh connection each time and
 * is thread-safe.
 */
@FunctionalInterface
public interface Databases {
    /**
     * Connects as a superuser.
     *
     * @param database such as {@code postgres}
     * @return a new connection in autocommit mode, which the caller closes
     * @throws SQLException when the server can't be reached or refuses
     */
    Connection connect(String database) throws SQLException;
}
