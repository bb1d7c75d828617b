package dev.lifeboat.pgarchive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What tests ask of archives, whichever their format. */
final class DirectoryDumps {
    private DirectoryDumps() {}

    static ArchiveVerification verify(Path dump) throws IOException {
        return ArchiveVerifier.verify(new FileByteDirectory(dump), ArchiveVerifier.Observer.NONE);
    }

    static List<String> contents(ArchiveVerification verification) {
        return verification.tables().stream()
                .map(table -> table.entry().name() + " " + table.rows() + " " + table.fingerprint())
                .sorted()
                .toList();
    }

    /** A hash of each table's rows and of each large object, by name. */
    static Map<String, Integer> data(PgArchive archive) throws IOException {
        Map<String, Integer> data = new TreeMap<>();
        for (TocEntry entry : archive.entries()) {
            if (entry.isTableData()) {
                try (InputStream in = archive.openData(entry)) {
                    data.put(entry.schema() + "." + entry.name(), Arrays.hashCode(in.readAllBytes()));
                }
            } else if (entry.isLargeObjects()) {
                try (LargeObjects objects = archive.openLargeObjects(entry)) {
                    while (objects.next()) {
                        data.put(
                                "large object " + objects.oid(),
                                Arrays.hashCode(objects.content().readAllBytes()));
                    }
                }
            }
        }
        return data;
    }

    /** Of all files together. */
    static long size(Path dump) throws IOException {
        try (Stream<Path> files = Files.list(dump)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
