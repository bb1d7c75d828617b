package dev.lifeboat.local.cli;

import dev.lifeboat.contract.backup.BackupManifest;
import dev.lifeboat.contract.backup.TableCount;
import dev.lifeboat.pgarchive.ArchiveHeader;
import dev.lifeboat.pgarchive.ArchiveVerification;
import dev.lifeboat.pgarchive.TableContent;
import dev.lifeboat.pgarchive.TocEntry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What {@code lifeboat verify} prints of a dump. */
final class DumpReport {
    private final Path file;
    private final ArchiveVerification verification;
    private final String sha256;
    private final List<String> problems;

    /**
     * @param sha256 null for a dump that is no single file
     * @param manifest what the dump has to be; null when only it itself is looked at
     */
    DumpReport(
            Path file,
            ArchiveVerification verification,
            String sha256,
            List<String> partSha256,
            BackupManifest manifest) {
        this.file = file;
        this.verification = verification;
        this.sha256 = sha256;
        this.problems = new ArrayList<>(verification.problems());
        if (manifest != null) {
            compare(manifest, partSha256);
        }
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    void print(PrintWriter out) {
        out.println("file        " + file);
        out.printf(Locale.ROOT, "size        %,d bytes%n", verification.bytesRead());
        if (sha256 != null) {
            out.println("sha256      " + sha256);
        }
        ArchiveHeader header = verification.header();
        if (header != null) {
            out.println("format      " + header.format().name().toLowerCase(Locale.ROOT) + " " + header.formatVersion()
                    + ", " + header.compression().name().toLowerCase(Locale.ROOT));
            out.println("database    " + database(header));
            out.println("server      " + header.serverVersion());
            out.println("pg_dump     " + header.dumpVersion());
            printObjects(out);
            printTables(out);
        }
        out.println();
        if (problems.isEmpty()) {
            out.println("SOUND: every entry, block and row was read.");
        } else {
            out.println(
                    verification.unsupported()
                            ? "UNVERIFIABLE: this version can't read the archive."
                            : "DAMAGED: do not restore from it.");
            problems.forEach(problem -> out.println("  - " + problem));
        }
    }

    /** A plain dump does not say when it was made, nor, made without --create, of which database. */
    private static String database(ArchiveHeader header) {
        String name = header.databaseName() == null ? "not named" : header.databaseName();
        return header.createdAt() == null
                ? name
                : name + ", dumped " + header.createdAt().toString().replace("Z", "") + " (local time of pg_dump)";
    }

    private void printObjects(PrintWriter out) {
        Map<String, Long> kinds = verification.entries().stream()
                .collect(Collectors.groupingBy(TocEntry::kind, TreeMap::new, Collectors.counting()));
        out.println();
        out.println("objects     " + verification.entries().size() + " entries");
        kinds.forEach((kind, count) -> out.printf(Locale.ROOT, "  %,8d  %s%n", count, kind));
    }

    private void printTables(PrintWriter out) {
        List<TableContent> tables = verification.tables();
        long rows = tables.stream().mapToLong(TableContent::rows).sum();
        out.println();
        out.printf(Locale.ROOT, "tables      %,d with %,d rows%n", tables.size(), rows);
        tables.forEach(table -> out.printf(
                Locale.ROOT, "  %,12d  %s  %s%n", table.rows(), table.fingerprint(), qualified(table.entry())));
    }

    private void compare(BackupManifest manifest, List<String> partSha256) {
        if (verification.bytesRead() != manifest.dump().size()) {
            problems.add("The file has " + verification.bytesRead() + " bytes, the manifest says "
                    + manifest.dump().size() + ".");
        }
        List<String> expected = manifest.dump().parts();
        for (int i = 0; i < Math.min(expected.size(), partSha256.size()); i++) {
            if (!expected.get(i).equals(partSha256.get(i))) {
                problems.add("SHA-256 of part " + (i + 1) + " of " + expected.size() + " is " + partSha256.get(i)
                        + ", the manifest says " + expected.get(i) + ".");
            }
        }
        if (!sha256.equals(manifest.dump().sha256())) {
            problems.add("SHA-256 is " + sha256 + ", the manifest says "
                    + manifest.dump().sha256() + ".");
        }
        compareRows(manifest);
    }

    private void compareRows(BackupManifest manifest) {
        Map<String, Long> found = verification.tables().stream()
                .collect(Collectors.toMap(table -> qualified(table.entry()), TableContent::rows, Long::sum));
        for (TableCount table : manifest.tables()) {
            Long rows = found.remove(table.schema() + "." + table.name());
            if (rows == null || rows != table.rows()) {
                problems.add("Table " + table.schema() + "." + table.name() + " has "
                        + (rows == null ? "no rows that can be read" : rows + " rows") + ", the manifest says "
                        + table.rows() + ".");
            }
        }
        found.keySet().forEach(table -> problems.add("Table " + table + " is not in the manifest."));
    }

    private static String qualified(TocEntry entry) {
        return entry.schema() + "." + entry.name();
    }
}
