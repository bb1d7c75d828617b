package dev.lifeboat.pgarchive;

import java.util.OptionalInt;

/**
 * A statement of a plain dump.
 *
 * @param sql parsed, without its semicolon
 * @param line that it begins on, from 1 on
 * @param start its first byte in the decompressed script
 */
public record ScriptStatement(SqlStatement sql, long line, long start) {
    /** Whether rows follow it: {@code COPY schema.table (columns) FROM stdin}. */
    public boolean isCopy() {
        return sql.startsWith("COPY");
    }

    /** Whether it is about the database as a whole: its creation, owner, settings, privileges, comment or labels. */
    public boolean isAboutDatabase() {
        return sql.startsWith("CREATE", "DATABASE")
                || sql.startsWith("ALTER", "DATABASE")
                || sql.startsWith("DROP", "DATABASE")
                || sql.startsWith("COMMENT", "ON", "DATABASE")
                || (sql.startsWith("ALTER", "ROLE") && isDatabaseAfter("IN"))
                || (sql.startsWith("UPDATE", "pg_catalog") && "pg_database".equals(sql.nameAt(3)))
                || ((sql.startsWith("GRANT") || sql.startsWith("REVOKE") || sql.startsWith("SECURITY", "LABEL"))
                        && isDatabaseAfter("ON"));
    }

    private boolean isDatabaseAfter(String word) {
        OptionalInt at = sql.find(word, 1);
        return at.isPresent()
                && at.getAsInt() + 1 < sql.tokens().size()
                && sql.tokens().get(at.getAsInt() + 1).is("DATABASE");
    }

    /** For messages: {@code line 12 (CREATE TABLE public.users (…)}, bounded and without passwords. */
    public String label() {
        return "line " + line + " (" + SqlStatement.shown(sql.text()) + ")";
    }
}
