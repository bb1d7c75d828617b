package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.ScriptStatement;
import dev.lifeboat.pgarchive.SqlStatement;

/** What a restore does about a script's statement. */
enum ScriptKind {
    /** Sets something for the session: done by everyone who goes on with the script. */
    SETTING,
    /** What follows is done as somebody else. */
    AUTHORIZATION,
    /** What follows is done by ourselves. */
    NO_AUTHORIZATION,
    /** Left to the end, so that it fires for nothing that the restore does. */
    EVENT_TRIGGER,
    /** Of the database itself, which has its properties already; the begin and end of a transaction; what SessionSettings sets better. */
    NOT_HERE,
    /** COPY with its rows. */
    ROWS,
    /** Opens a large object, which the statements behind it fill and close. */
    LARGE_OBJECT,
    /** Anything else. */
    PLAIN;

    private static final int CALLED = 3;

    static ScriptKind of(ScriptStatement statement) {
        SqlStatement sql = statement.sql();
        if (statement.isCopy()) {
            return ROWS;
        }
        if (sql.startsWith("SET", "SESSION", "AUTHORIZATION")) {
            return sql.tokens().get(sql.tokens().size() - 1).is("DEFAULT") ? NO_AUTHORIZATION : AUTHORIZATION;
        }
        if (sql.startsWith("RESET", "SESSION", "AUTHORIZATION")) {
            return NO_AUTHORIZATION;
        }
        if (sql.startsWith("BEGIN") || sql.startsWith("COMMIT") || statement.isAboutDatabase()) {
            return NOT_HERE;
        }
        if (sql.startsWith("SET")) {
            return SessionSettings.isOurs(sql.nameAt(1)) ? NOT_HERE : SETTING;
        }
        if (sql.startsWith("SELECT", "pg_catalog")) {
            return called(sql);
        }
        boolean event = sql.startsWith("CREATE", "EVENT", "TRIGGER")
                || sql.startsWith("ALTER", "EVENT", "TRIGGER")
                || sql.startsWith("COMMENT", "ON", "EVENT", "TRIGGER");
        return event ? EVENT_TRIGGER : PLAIN;
    }

    private static ScriptKind called(SqlStatement sql) {
        String function = String.valueOf(sql.nameAt(CALLED));
        return switch (function) {
            case "set_config" -> SETTING;
            case "lo_open" -> LARGE_OBJECT;
            default -> PLAIN;
        };
    }

    static boolean closesLargeObject(ScriptStatement statement) {
        return statement.sql().startsWith("SELECT", "pg_catalog")
                && "lo_close".equals(statement.sql().nameAt(CALLED));
    }
}
