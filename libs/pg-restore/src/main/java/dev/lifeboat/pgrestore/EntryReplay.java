package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.TocEntry;

/** Replays one entry's definition and ownership, within the caller's transaction. */
final class EntryReplay {
    private static final char PARTITIONED_TABLE = 'p';

    private EntryReplay() {}

    static void replay(Session session, TocEntry entry) {
        String what = "Replaying " + entry.label();
        // Only what creates storage depends on them; a missing tablespace means "leave it as it is", an empty one
        // "default".
        if (entry.tablespace() != null) {
            session.execute(what, "SET LOCAL default_tablespace = " + quotedOrEmpty(entry.tablespace()));
        }
        boolean hasAccessMethod =
                entry.tableAccessMethod() != null && !entry.tableAccessMethod().isEmpty();
        if (hasAccessMethod && entry.relationKind() != PARTITIONED_TABLE) {
            session.execute(
                    what, "SET LOCAL default_table_access_method = " + Sql.identifier(entry.tableAccessMethod()));
        }
        if (entry.definition() != null && !entry.definition().isBlank()) {
            session.execute(what, entry.definition());
        }
        if (hasAccessMethod && entry.relationKind() == PARTITIONED_TABLE) {
            // It has no storage, so CREATE TABLE ignored the default; its future partitions inherit what is set here.
            session.execute(
                    what,
                    "ALTER TABLE " + Sql.identifier(entry.schema(), entry.name()) + " SET ACCESS METHOD "
                            + Sql.identifier(entry.tableAccessMethod()));
        }
        Ownership.statement(entry).ifPresent(statement -> session.execute(what, statement));
    }

    private static String quotedOrEmpty(String name) {
        return name.isEmpty() ? "''" : Sql.identifier(name);
    }
}
