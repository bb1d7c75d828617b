package dev.lifeboat.pgarchive;

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

    /** For messages: {@code line 12 (CREATE TABLE public.users (…)}, bounded and without passwords. */
    public String label() {
        return "line " + line + " (" + SqlStatement.shown(sql.text()) + ")";
    }
}
