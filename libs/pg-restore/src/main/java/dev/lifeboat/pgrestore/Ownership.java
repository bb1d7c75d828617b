package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.TocEntry;
import java.util.Optional;
import java.util.Set;

/**
 * How an entry's object gets its owner, after _printTocEntry and _getObjectDescription of pg_backup_archiver.c: by {@code
 * ALTER … OWNER TO} for the kinds that have owners of their own and a DROP statement, not at all for the others.
 */
final class Ownership {
    private static final Set<String> LIKE_TABLES = Set.of("TABLE", "VIEW", "SEQUENCE", "MATERIALIZED VIEW");
    private static final Set<String> NAMED = Set.of(
            "COLLATION",
            "CONVERSION",
            "DOMAIN",
            "TYPE",
            "FOREIGN TABLE",
            "TEXT SEARCH DICTIONARY",
            "TEXT SEARCH CONFIGURATION",
            "STATISTICS",
            "PROCEDURAL LANGUAGE",
            "SCHEMA",
            "EVENT TRIGGER",
            "FOREIGN DATA WRAPPER",
            "SERVER",
            "PUBLICATION",
            "SUBSCRIPTION");
    /** Their names need argument types or an access method, which only the DROP statement has. */
    private static final Set<String> NAMED_BY_DROP =
            Set.of("AGGREGATE", "FUNCTION", "OPERATOR", "OPERATOR CLASS", "OPERATOR FAMILY", "PROCEDURE");

    private static final String DROP = "DROP ";

    private Ownership() {}

    /** The statement that gives the entry's object to its owner. */
    static Optional<String> statement(TocEntry entry) {
        if (isBlank(entry.owner()) || isBlank(entry.dropStatement())) {
            return Optional.empty();
        }
        return object(entry).map(object -> "ALTER " + object + " OWNER TO " + Sql.identifier(entry.owner()));
    }

    private static Optional<String> object(TocEntry entry) {
        String kind = entry.kind();
        if (LIKE_TABLES.contains(kind)) {
            return Optional.of("TABLE " + Sql.identifier(entry.schema(), entry.name()));
        }
        if (NAMED.contains(kind)) {
            return Optional.of(kind + " " + Sql.identifier(entry.schema(), entry.name()));
        }
        if (NAMED_BY_DROP.contains(kind)) {
            String drop = entry.dropStatement().strip();
            return Optional.of(drop.substring(DROP.length(), drop.endsWith(";") ? drop.length() - 1 : drop.length()));
        }
        if (kind.equals("BLOB")) {
            return Optional.of("LARGE OBJECT " + Long.parseUnsignedLong(entry.name()));
        }
        return Optional.empty();
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }
}
