package dev.lifeboat.testsupport;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The {@code aws} command that the scripts in {@code scripts/aws} call. */
public final class AwsCommandLine {
    private AwsCommandLine() {}

    /**
     * Returns when the command is on the PATH; installs it by apt-get, and says so, when it is missing and we are root.
     *
     * @throws IllegalStateException with a hint, when it is missing and cannot be installed
     */
    public static synchronized void require() {
        if (isInstalled()) {
            return;
        }
        if (!UnprivilegedUser.isRoot() || !Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
            throw new IllegalStateException("The aws command is not on the PATH, and only root can install it."
                    + " HINT: install it (Debian: apt-get install awscli).");
        }
        System.err.println("The aws command is not installed: installing awscli with apt-get, once ...");
        PostgresPrograms.aptGet("update", "-q");
        PostgresPrograms.aptGet("install", "-q", "-y", "--no-install-recommends", "awscli");
    }

    private static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "aws")));
    }
}
