package dev.lifeboat.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who runs PostgreSQL, which refuses to run as root: ourselves, or {@code postgres} (else {@code nobody}) when we are
 * root.
 */
final class UnprivilegedUser {
    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

    private final String dropTo;

    private UnprivilegedUser(String dropTo) {
        this.dropTo = dropTo;
    }

    static UnprivilegedUser current() {
        if (!isRoot()) {
            return new UnprivilegedUser(null);
        }
        return new UnprivilegedUser(
                Stream.of("postgres", "nobody")
                        .filter(UnprivilegedUser::exists)
                        .findFirst()
                        .orElseThrow(
                                () -> new IllegalStateException(
                                        "Running as root, and neither the user postgres nor nobody"
                                                + " exists. HINT: create one (useradd --system postgres), PostgreSQL refuses to run as root.")));
    }

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** The command line that runs {@code command} as this user. */
    List<String> command(List<String> command) {
        if (dropTo == null) {
            return command;
        }
        List<String> line = new ArrayList<>(List.of("runuser", "-u", dropTo, "--"));
        line.addAll(command);
        return line;
    }

    /**
     * The same for a server, which moreover shuts down at once when the thread that started it ends, so that it does
     * not outlive a JVM that is killed.
     */
    List<String> serverCommand(List<String> command) {
        if (!Files.isExecutable(SETPRIV)) {
            return command(command);
        }
        List<String> line = new ArrayList<>(List.of(SETPRIV.toString(), "--pdeathsig", "QUIT"));
        if (dropTo != null) {
            line.addAll(List.of("--reuid", dropTo, "--regid", groupOf(dropTo), "--init-groups"));
        }
        line.add("--");
        line.addAll(command);
        return line;
    }

    /** A new directory that this user owns and can reach. */
    Path newDirectory() {
        try {
            Path directory = Files.createTempDirectory(reachableParent(), "lifeboat-pg");
            if (dropTo != null) {
                var users = directory.getFileSystem().getUserPrincipalLookupService();
                Files.setOwner(directory, users.lookupPrincipalByName(dropTo));
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a directory for PostgreSQL", e);
        }
    }

    private Path reachableParent() {
        return Stream.of(System.getProperty("java.io.tmpdir"), "/tmp", "/var/tmp")
                .map(Path::of)
                .filter(path -> Files.isWritable(path) && (dropTo == null || everyoneCanEnter(path)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No temporary directory that the user " + dropTo
                        + " can reach. HINT: set -Djava.io.tmpdir to one that everyone may enter."));
    }

    private static boolean everyoneCanEnter(Path path) {
        for (Path each = path.toAbsolutePath(); each != null; each = each.getParent()) {
            try {
                if (!Files.getPosixFilePermissions(each).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    return false;
                }
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }

    private static boolean exists(String user) {
        try {
            return Path.of("/").getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user) != null;
        } catch (IOException e) {
            return false;
        }
    }

    private static String groupOf(String user) {
        return Programs.run(new ProcessBuilder("id", "-g", user), new byte[0])
                .orFail()
                .output()
                .trim();
    }
}
