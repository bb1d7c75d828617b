package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.PgArchive;
import dev.lifeboat.pgarchive.TocEntry;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The ordinary tables that the archive itself creates and that nobody but their own entry fills. Not so for a table that an extension
 * made and filled, nor for a foreign table, nor for rows that are loaded through a partition root.
 */
final class OwnTables {
    private final Set<String> names;

    OwnTables(PgArchive archive) {
        this.names = archive.entries().stream()
                .filter(entry -> entry.kind().equals("TABLE"))
                .map(entry -> Sql.identifier(entry.schema(), entry.name()))
                .collect(Collectors.toSet());
    }

    boolean isFilledBy(TocEntry entry) {
        return entry.isTableData()
                && names.contains(Sql.identifier(entry.schema(), entry.name()))
                && CopyStatement.of(entry).fills(entry);
    }
}
