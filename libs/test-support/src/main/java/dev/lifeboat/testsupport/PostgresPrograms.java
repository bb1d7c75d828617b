package dev.lifeboat.testsupport;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where PostgreSQL's programs are: on the PATH, or in Debian's {@code /usr/lib/postgresql/<major>/bin}, the newest
 * first; installed by apt-get when there are none and we are root.
 */
final class PostgresPrograms {
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final Path CREATE_CLUSTER = Path.of("/etc/postgresql-common/createcluster.conf");

    private PostgresPrograms() {}

    /**
     * @return the directory that holds initdb, postgres, psql, pg_dump
     * @throws IllegalStateException with a hint, when there is none and none can be installed
     */
    static synchronized Path directory() {
        return found().orElseGet(PostgresPrograms::install);
    }

    private static Optional<Path> found() {
        return Stream.concat(onPath(), debian())
                .filter(directory -> holds(directory, "initdb", "postgres"))
                .map(PostgresPrograms::behindLinks)
                .filter(directory -> holds(directory, "psql", "pg_dump", "pg_dumpall", "pg_restore"))
                .findFirst();
    }

    private static boolean holds(Path directory, String... programs) {
        return Stream.of(programs).allMatch(program -> Files.isExecutable(directory.resolve(program)));
    }

    /** A directory on the PATH may hold no more than links to some of the programs. */
    private static Path behindLinks(Path directory) {
        try {
            return directory.resolve("initdb").toRealPath().getParent();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot follow " + directory.resolve("initdb"), e);
        }
    }

    private static Stream<Path> onPath() {
        String path = System.getenv("PATH");
        return path == null
                ? Stream.empty()
                : Stream.of(path.split(File.pathSeparator)).map(Path::of);
    }

    private static Stream<Path> debian() {
        if (!Files.isDirectory(DEBIAN)) {
            return Stream.empty();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions
                    .filter(version -> version.getFileName().toString().matches("[0-9]+"))
                    .sorted(Comparator.comparingInt((Path version) ->
                                    Integer.parseInt(version.getFileName().toString()))
                            .reversed())
                    .map(version -> version.resolve("bin"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + DEBIAN, e);
        }
    }

    private static Path install() {
        String hint = " HINT: install it (Debian: apt-get install postgresql), or put its bin directory on the PATH.";
        if (!UnprivilegedUser.isRoot() || !Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
            throw new IllegalStateException(
                    "PostgreSQL is neither on the PATH nor in " + DEBIAN + ", and only root can install it." + hint);
        }
        System.err.println("PostgreSQL is not installed: installing it with apt-get, once ...");
        createNoCluster();
        aptGet("update", "-q");
        aptGet("install", "-q", "-y", "--no-install-recommends", "postgresql", "postgresql-contrib");
        return found().orElseThrow(() ->
                new IllegalStateException("apt-get installed PostgreSQL, but it is not in " + DEBIAN + "." + hint));
    }

    /** Debian's package would start a server for everyone, which nobody asked for. */
    private static void createNoCluster() {
        if (Files.exists(CREATE_CLUSTER)) {
            return;
        }
        try {
            Files.createDirectories(CREATE_CLUSTER.getParent());
            Files.writeString(CREATE_CLUSTER, "create_main_cluster = false\n");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + CREATE_CLUSTER, e);
        }
    }

    static void aptGet(String... arguments) {
        ProcessBuilder builder = new ProcessBuilder("apt-get");
        builder.command().addAll(List.of(arguments));
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        builder.environment().put("UCF_FORCE_CONFFOLD", "1");
        Programs.run(builder, new byte[0]).orFail();
    }
}
