package dev.lifeboat.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Verification and restore of a big archive with a small heap. */
@Command(name = "heap", description = "Verifies and restores a big archive with -Xmx96m and prints the peak heap.")
final class HeapBench implements Runnable {
    @Option(names = "--megabytes", paramLabel = "N", description = "Size of the archive (default ${DEFAULT-VALUE}).")
    private int megabytes = 1000;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new HeapBench()).execute(arguments));
    }

    @Override
    public void run() {
        try (Workbench bench = Workbench.open()) {
            Path archive = archive(bench);
            Path globals = bench.file("globals.sql");
            Files.writeString(globals, "");
            Child verified = Child.java(
                    VerifyProgram.class,
                    Map.of(),
                    Child.JVM_OPTIONS,
                    List.of(bench.endpoint(), archive.getFileName().toString(), Digest.sha256(archive)));
            Child restored = Child.java(
                    RestoreProgram.class,
                    bench.postgres().environment(),
                    Child.JVM_OPTIONS,
                    List.of(
                            bench.endpoint(),
                            archive.getFileName().toString(),
                            globals.toString(),
                            RestoreProgram.ALL));
            print("verify", verified);
            print("restore", restored);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of bytes that hardly compress, so that the database is not many times as large. */
    private Path archive(Workbench bench) {
        String database = bench.postgres().createDatabase();
        bench.postgres().psql(database, String.format(Locale.ROOT, """
                CREATE TABLE blobs (id int, body bytea);
                INSERT INTO blobs SELECT i, sha512(int8send(i)) || sha512(int8send(-i)) || sha512(int8send(i + 1::bigint << 40))
                    FROM generate_series(1, %d * 4500) i;
                ALTER TABLE blobs ADD PRIMARY KEY (id);
                """, megabytes));
        Path archive = bench.dump(database, "custom", "heap.dump");
        bench.postgres().psql("postgres", "DROP DATABASE " + database);
        System.out.printf(Locale.ROOT, "archive %d bytes%n", archive.toFile().length());
        return archive;
    }

    private static void print(String what, Child child) {
        System.out.printf(
                Locale.ROOT,
                "%s with %s: %.1f s, peak heap %.1f MiB%n",
                what,
                Child.JVM_OPTIONS.get(0),
                child.seconds(),
                child.steps().get(HeapPeak.NAME));
    }
}
