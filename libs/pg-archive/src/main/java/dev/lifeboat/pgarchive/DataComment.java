package dev.lifeboat.pgarchive;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The comment that pg_dump writes before a table's rows. It names the table that they were dumped from; the COPY statement behind it
 * may load them into the partition root above it.
 */
record DataComment(String schema, String name, String owner) {
    private static final Pattern COMMENT =
            Pattern.compile("-- Data for Name: (.*); Type: TABLE DATA; Schema: (.*); Owner: (.*)", Pattern.DOTALL);

    /** Null when it is another comment. */
    static DataComment of(String line) {
        Matcher matcher = COMMENT.matcher(line);
        if (!matcher.matches()) {
            return null;
        }
        String owner = matcher.group(3);
        return new DataComment(matcher.group(2), matcher.group(1), owner.equals("-") ? "" : owner);
    }

    /** Comments have their names on one line (sanitize_line of pg_backup_archiver.c). */
    boolean isOf(String tableSchema, String table) {
        return schema.equals(oneLine(tableSchema)) && name.equals(oneLine(table));
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\r\n]", " ");
    }
}
