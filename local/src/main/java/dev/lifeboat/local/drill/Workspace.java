package dev.lifeboat.local.drill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a run keeps what it needs and nobody else: below the system's temporary directory, because PostgreSQL's user may
 * not be allowed into this repository. Removed when closed.
 */
public final class Workspace implements AutoCloseable {
    private final Path repository;
    private final Path directory;

    private Workspace(Path repository, Path directory) {
        this.repository = repository;
        this.directory = directory;
    }

    /** Creates one. */
    public static Workspace create() {
        try {
            Path directory = Files.createTempDirectory("lifeboat");
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            return new Workspace(findRepository(), directory);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create a directory for the run", e);
        }
    }

    private static Path findRepository() {
        String given = System.getProperty("lifeboat.root");
        return Path.of(given == null ? "." : given).toAbsolutePath().normalize();
    }

    /** This repository's root. */
    public Path repository() {
        return repository;
    }

    /** The SAM template. */
    public Path template() {
        return repository.resolve("template.yaml");
    }

    /** The run's own directory, readable by everyone. */
    public Path directory() {
        return directory;
    }

    @Override
    public void close() {
        // Processes that go down may still write: look again until nothing is left, or leave it to the system.
        for (int attempt = 0; attempt < 10 && Files.exists(directory); attempt++) {
            try (Stream<Path> tree = Files.walk(directory)) {
                List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
                for (Path path : deepestFirst) {
                    Files.deleteIfExists(path);
                }
            } catch (IOException | UncheckedIOException e) {
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
