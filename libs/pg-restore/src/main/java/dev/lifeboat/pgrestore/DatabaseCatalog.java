package dev.lifeboat.pgrestore;

import java.util.List;

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

    /** Drops it, if it exists, with everybody in it and whatever protects it. */
    static void drop(Sessions sessions, Session session, String database) {
        String what = "Dropping database " + database;
        dropSubscriptions(sessions, session, database);
        if (session.asks(WHAT, "SELECT datistemplate FROM pg_database WHERE datname = ?", database)) {
            session.execute(what, "ALTER DATABASE " + Sql.identifier(database) + " IS_TEMPLATE false");
        }
        session.execute(what, "DROP DATABASE IF EXISTS " + Sql.identifier(database) + " WITH (FORCE)");
    }

    /** A database that subscribes to anything can't be dropped. Its publishers are not ours: their slots stay as they are. */
    private static void dropSubscriptions(Sessions sessions, Session session, String database) {
        String what = "Dropping the subscriptions of database " + database;
        List<String> names = session.strings(
                what,
                "SELECT subname FROM pg_subscription JOIN pg_database d ON d.oid = subdbid WHERE datname = ?",
                database);
        if (names.isEmpty()) {
            return;
        }
        admit(session, database, true);
        try (Session inside = sessions.open(database)) {
            for (String name : names) {
                String subscription = "SUBSCRIPTION " + Sql.identifier(name);
                inside.execute(what, "ALTER " + subscription + " DISABLE");
                inside.execute(what, "ALTER " + subscription + " SET (slot_name = NONE)");
                inside.execute(what, "DROP " + subscription);
            }
        }
    }
}
