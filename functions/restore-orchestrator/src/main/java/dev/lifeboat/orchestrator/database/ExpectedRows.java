package dev.lifeboat.orchestrator.database;

import dev.lifeboat.aws.CatalogueEntry;
import dev.lifeboat.contract.backup.TableFingerprint;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which tables ought to hold rows, going by the newest verified backup. An application that finds an empty database
 * may make its tables anew, and fill some: to have tables does not mean to have the data.
 */
final class ExpectedRows {
    private final Function<String, Stream<CatalogueEntry>> backups;

    /** @param backups of a database, newest first */
    ExpectedRows(Function<String, Stream<CatalogueEntry>> backups) {
        this.backups = backups;
    }

    /**
     * @param tables that held rows, those with the most first; empty when the backup has none
     * @param empty that held none
     * @param unknown why nothing is known of them; null when the tables are
     */
    record Expectation(List<TableFingerprint> tables, List<TableFingerprint> empty, String unknown) {
        /** Whether the backup has a table, with or without rows. */
        boolean has(String schema, String name) {
            return Stream.concat(tables.stream(), empty.stream())
                    .anyMatch(table ->
                            table.schema().equals(schema) && table.name().equals(name));
        }
    }

    /** @throws dev.lifeboat.contract.error.StorageUnavailableException when S3 does not answer */
    Expectation of(String database) {
        Optional<CatalogueEntry> newest =
                backups.apply(database).filter(CatalogueEntry::verified).findFirst();
        return newest.map(ExpectedRows::tables)
                .orElse(new Expectation(List.of(), List.of(), "there is no verified backup of database " + database));
    }

    private static Expectation tables(CatalogueEntry entry) {
        return new Expectation(
                entry.verdict().tables().stream()
                        .filter(table -> table.rows() > 0)
                        .sorted(Comparator.comparingLong(TableFingerprint::rows).reversed())
                        .toList(),
                entry.verdict().tables().stream()
                        .filter(table -> table.rows() == 0)
                        .toList(),
                null);
    }
}
