package dev.lifeboat.bench;

import dev.lifeboat.pgrestore.RestoreTarget;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/** The PostgreSQL server that libpq's variables name, for the processes that are measured. */
final class Server {
    /** Nothing is live under that name: what is restored is measured, not swapped in. */
    static final RestoreTarget TARGET = new RestoreTarget("bench", "bench_live", "bench_restore", 1, true);

    private Server() {}

    static Connection connect(String database) throws SQLException {
        return connect(System.getenv(), database);
    }

    static Connection connect(Map<String, String> variables, String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", variables.get("PGUSER"));
        properties.setProperty("password", variables.get("PGPASSWORD"));
        return DriverManager.getConnection(
                "jdbc:postgresql://" + variables.get("PGHOST") + ":" + variables.get("PGPORT") + "/" + database,
                properties);
    }
}
