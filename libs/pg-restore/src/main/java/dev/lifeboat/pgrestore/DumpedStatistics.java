package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.TocEntry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which tables need no ANALYZE, since the archive has the planner's statistics of their columns (pg_dump --statistics of PostgreSQL 18
 * and later). Extended statistics objects are dumped without what they gathered, so their tables do.
 */
final class DumpedStatistics {
    private static final String OF_COLUMNS = "pg_restore_attribute_stats";

    private final Set<String> dumped = new HashSet<>();
    private final Set<Integer> extended = new HashSet<>();

    DumpedStatistics(List<TocEntry> entries) {
        for (TocEntry entry : entries) {
            if (entry.kind().equals("STATISTICS DATA")
                    && entry.definition() != null
                    && entry.definition().contains(OF_COLUMNS)) {
                dumped.add(Sql.identifier(entry.schema(), entry.name()));
            }
            if (entry.kind().equals("STATISTICS")) {
                extended.addAll(entry.dependencies());
            }
        }
    }

    boolean suffice(TocEntry table) {
        return dumped.contains(Sql.identifier(table.schema(), table.name())) && !extended.contains(table.dumpId());
    }
}
