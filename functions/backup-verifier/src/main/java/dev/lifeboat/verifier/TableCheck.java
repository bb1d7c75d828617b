package dev.lifeboat.verifier;

import dev.lifeboat.contract.backup.TableCount;
import dev.lifeboat.contract.backup.TableFingerprint;
import dev.lifeboat.pgarchive.ArchiveVerification;
import dev.lifeboat.pgarchive.TocEntry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares the tables of an archive with those that the manifest counted in the dump's own snapshot. */
final class TableCheck {
    private static final String TABLE_DATA = "TABLE DATA";

    private record TableName(String schema, String name) {
        @Override
        public String toString() {
            return schema + "." + name;
        }
    }

    private TableCheck() {}

    static void check(List<TableCount> counted, ArchiveVerification archive, Findings findings) {
        Map<TableName, Long> found = new HashMap<>();
        List<TableFingerprint> fingerprints = archive.tables().stream()
                .map(t -> new TableFingerprint(t.entry().schema(), t.entry().name(), t.rows(), t.fingerprint()))
                .toList();
        findings.tables(fingerprints);
        fingerprints.forEach(t -> found.put(new TableName(t.schema(), t.name()), t.rows()));
        Set<TableName> listed = listed(archive.entries());
        Set<TableName> expected = new HashSet<>();
        for (TableCount table : counted) {
            TableName name = new TableName(table.schema(), table.name());
            if (!expected.add(name)) {
                findings.corrupt("Table " + name + " is counted twice in the manifest.");
            }
            compare(name, table.rows(), found.get(name), listed.contains(name), findings);
        }
        found.forEach((name, rows) -> {
            if (!expected.contains(name)) {
                findings.corrupt(
                        "Table " + name + " has " + rows + " rows in the archive, but the manifest does not name it.");
            }
        });
    }

    private static void compare(TableName name, long expected, Long found, boolean listed, Findings findings) {
        if (found != null && found != expected) {
            findings.corrupt("Table " + name + " has " + found + " rows in the archive, expected " + expected
                    + " as counted in the dump's snapshot.");
        } else if (found == null && !listed) {
            findings.corrupt("Table " + name + " has no data in the archive, expected " + expected
                    + " rows as counted in the dump's snapshot.");
        }
        // A table that is listed, but whose rows could not be read, is among the archive's own problems.
    }

    private static Set<TableName> listed(List<TocEntry> entries) {
        Set<TableName> names = new HashSet<>();
        for (TocEntry entry : entries) {
            if (entry.kind().equals(TABLE_DATA)) {
                names.add(new TableName(entry.schema(), entry.name()));
            }
        }
        return names;
    }
}
