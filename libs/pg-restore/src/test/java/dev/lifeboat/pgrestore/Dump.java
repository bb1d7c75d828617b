package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.ArchiveVerification;
import dev.lifeboat.pgarchive.ArchiveVerifier;
import dev.lifeboat.pgarchive.FileByteDirectory;
import dev.lifeboat.pgarchive.FileByteSource;
import dev.lifeboat.pgarchive.PgArchive;
import dev.lifeboat.testsupport.RealPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A dump that pg_dump made of a real database, with its globals and what a verification of it says. */
record Dump(Path file, String globals, List<ExpectedTable> expected) {
    /** @param options may name another format than the custom one */
    static Dump of(RealPostgres postgres, String database, Path directory, String... options) {
        try {
            Path file = Files.createTempDirectory(directory, "dump").resolve(database);
            List<String> arguments = new ArrayList<>(List.of("--format=custom", "--file=" + file));
            arguments.addAll(List.of(options));
            arguments.add(database);
            postgres.run("pg_dump", arguments.toArray(String[]::new)).orFail();
            String globals =
                    postgres.run("pg_dumpall", "--globals-only").orFail().output();
            return new Dump(file, globals, expectedTables(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that was made elsewhere, of a database whose roles are the superuser's alone. */
    static Dump of(Path file) {
        try {
            return new Dump(file, "", expectedTables(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<ExpectedTable> expectedTables(Path file) throws IOException {
        ArchiveVerification verification = verify(file);
        if (!verification.sound()) {
            throw new IllegalStateException("pg_dump wrote a broken archive: " + verification.problems());
        }
        return verification.tables().stream()
                .map(table -> new ExpectedTable(
                        table.entry().schema(), table.entry().name(), table.rows(), table.fingerprint()))
                .toList();
    }

    private static ArchiveVerification verify(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            return ArchiveVerifier.verify(new FileByteDirectory(file), ArchiveVerifier.Observer.NONE);
        }
        try (InputStream whole = Files.newInputStream(file)) {
            return ArchiveVerifier.verify(file.toString(), whole, ArchiveVerifier.Observer.NONE);
        }
    }

    PgArchive open() {
        try {
            return Files.isDirectory(file)
                    ? PgArchive.open(new FileByteDirectory(file))
                    : PgArchive.open(new FileByteSource(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
