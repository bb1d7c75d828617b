package dev.lifeboat.local.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the PostgreSQL image holds: this repository's scripts, copied as the image's build copies them, so that a user
 * who may not read the repository can run them, and PostgreSQL's programs of this machine.
 */
final class ImageFiles {
    private static final List<String> SOURCES = List.of("images/postgres", "scripts/aws");

    private final Path directory;
    private final Path postgresPrograms;

    /**
     * @param repository this repository's root
     * @param directory where the copy goes
     */
    ImageFiles(Path repository, Path directory, Path postgresPrograms) {
        this.directory = directory;
        this.postgresPrograms = postgresPrograms;
        try {
            Files.createDirectories(directory.resolve("bin"));
            for (String source : SOURCES) {
                copy(repository.resolve(source));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot copy the image's programs to " + directory, e);
        }
    }

    private void copy(Path source) throws IOException {
        if (!Files.isDirectory(source)) {
            return;
        }
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy =
                        directory.resolve("bin").resolve(source.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
                Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    Path directory() {
        return directory;
    }

    String path() {
        return directory.resolve("bin") + ":" + postgresPrograms + ":" + System.getenv("PATH");
    }

    /** A home that the container's user may write to. */
    Path home(UnprivilegedUser user) {
        Path home = directory.resolve("home");
        try {
            if (!Files.isDirectory(home)) {
                Files.createDirectories(home);
                user.own(home);
            }
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create " + home, e);
        }
    }

    /** Where a program of the image lies on this machine. */
    String program(String word) {
        if (!word.startsWith(ProcessContainers.IMAGE_PROGRAMS)) {
            return word;
        }
        Path program = directory.resolve("bin").resolve(word.substring(ProcessContainers.IMAGE_PROGRAMS.length()));
        if (!Files.isRegularFile(program)) {
            throw ApiFault.invalid("exec: \"" + word + "\": no such file in " + String.join(", ", SOURCES));
        }
        return program.toString();
    }
}
