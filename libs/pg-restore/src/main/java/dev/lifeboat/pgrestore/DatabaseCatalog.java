package dev.lifeboat.pgrestore;

/** The list of databases of a cluster. */
final class DatabaseCatalog {
    private static final String WHAT = "Looking up a database";

    private DatabaseCatalog() {}

    static boolean exists(Session session, String database) {
        return session.asks(WHAT, "SELECT true FROM pg_database WHERE datname = ?", database);
    }

    /** Whether it exists and takes connections. */
    static boolean admits(Session session, String database) {
        return session.asks(WHAT, "SELECT datallowconn FROM pg_database WHERE datname = ?", database);
    }

    static void admit(Session session, String database, boolean everybody) {
        session.execute(
                (everybody ? "Opening" : "Closing") + " database " + database,
                "ALTER DATABASE " + Sql.identifier(database) + " ALLOW_CONNECTIONS " + everybody);
    }

    static void rename(Session session, String from, String to) {
        session.execute(
                "Renaming database " + from + " to " + to,
                "ALTER DATABASE " + Sql.identifier(from) + " RENAME TO " + Sql.identifier(to));
    }

    /** Drops it, if it exists, with everybody in it. */
    static void drop(Session session, String database) {
        session.execute(
                "Dropping database " + database,
                "DROP DATABASE IF EXISTS " + Sql.identifier(database) + " WITH (FORCE)");
    }
}
