package dev.lifeboat.bench;

import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.S3MockServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A server, an S3 server and a directory, all for one run of a benchmark and gone after it. */
final class Workbench implements AutoCloseable {
    /** The same for all contenders: PostgreSQL's own defaults, besides a cache and a checkpoint distance for gigabytes. */
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("fsync", "on"),
            Map.entry("full_page_writes", "on"),
            Map.entry("synchronous_commit", "on"),
            Map.entry("wal_level", "replica"),
            Map.entry("max_wal_senders", "10"),
            Map.entry("jit", "on"),
            Map.entry("shared_buffers", "1GB"),
            Map.entry("max_wal_size", "8GB"),
            Map.entry("maintenance_work_mem", "256MB"),
            Map.entry("log_min_duration_statement", "50ms"),
            Map.entry("log_line_prefix", "%n "));

    private final RealPostgres postgres;
    private final S3MockServer s3Server;
    private final Store store;
    private final Path directory;
    /** When the run is ended from outside, by a signal: gigabytes stayed otherwise. */
    private final Thread hook = new Thread(this::release, "workbench-cleanup");

    private Workbench(RealPostgres postgres, S3MockServer s3Server, Path directory) {
        this.postgres = postgres;
        this.s3Server = s3Server;
        this.directory = directory;
        this.store = new Store(s3Server.endpoint());
        store.createBucket();
    }

    static Workbench open() {
        return open(Map.of());
    }

    /** @param settings of the server, beside those that all benchmarks have */
    static Workbench open(Map<String, String> settings) {
        try {
            Path directory = Files.createTempDirectory("bench");
            Map<String, String> all = new HashMap<>(SETTINGS);
            all.putAll(settings);
            Workbench bench = new Workbench(RealPostgres.start(all), S3MockServer.start(), directory);
            Runtime.getRuntime().addShutdownHook(bench.hook);
            return bench;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a directory", e);
        }
    }

    RealPostgres postgres() {
        return postgres;
    }

    Store store() {
        return store;
    }

    String endpoint() {
        return s3Server.endpoint().toString();
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    Path directory() {
        return directory;
    }

    /** Runs one of PostgreSQL's programs, measured. */
    Child program(String name, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(postgres.bin().resolve(name).toString());
        command.addAll(List.of(arguments));
        return Child.run(postgres.environment(), command);
    }

    /** A dump of the database, in one of pg_dump's formats, also in the bucket under the file's name. */
    Path dump(String database, String format, String file) {
        Path dump = file(file);
        program("pg_dump", "--format=" + format, "--file=" + dump, "--dbname=" + database);
        store.put(file, dump);
        return dump;
    }

    /** So that no contender pays for what the one before it left to be written. */
    void settle() {
        postgres.psql("postgres", "CHECKPOINT");
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            return; // the hook runs already, and does the same
        }
        release();
    }

    private void release() {
        store.close();
        s3Server.close();
        postgres.close();
        delete(directory);
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file); // a contender that was ended, too, may delete its own
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + directory, e);
        }
    }
}
