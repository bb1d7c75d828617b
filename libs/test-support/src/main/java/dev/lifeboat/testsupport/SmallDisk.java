package dev.lifeboat.testsupport;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file system in memory that is soon full, which the server's user may write to. Only root may mount one. */
public final class SmallDisk implements AutoCloseable {
    private static final int MEGABYTE = 1 << 20;

    private final Path mount;

    private SmallDisk(Path mount) {
        this.mount = mount;
    }

    /** Skips the test, and says so, where it can't be mounted. */
    public static SmallDisk mount(RealPostgres postgres, int megabytes) {
        assumeTrue(
                "root".equals(System.getProperty("user.name")), "only root may mount a file system that is soon full");
        try {
            Path mount = Files.createTempDirectory(postgres.dataDirectory().getParent(), "small");
            boolean mounted =
                    succeeds("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", mount.toString());
            assumeTrue(mounted, "a file system that is soon full can't be mounted here");
            SmallDisk disk = new SmallDisk(mount);
            Files.setOwner(mount, Files.getOwner(postgres.dataDirectory()));
            return disk;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it is mounted. */
    public Path path() {
        return mount;
    }

    /** Takes over a directory of the server's data, for which the server starts anew. */
    public void take(RealPostgres postgres, String name) {
        Path before = postgres.dataDirectory().resolve(name);
        postgres.stop();
        require(succeeds("cp", "--archive", before.toString(), mount.toString()), "copy " + before + " to " + mount);
        try {
            Files.move(before, before.resolveSibling(name + ".before"));
            Files.createSymbolicLink(before, mount.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        postgres.startServer();
    }

    /** Takes up all but so many megabytes. */
    public void leave(int megabytes) {
        try {
            long free = Files.getFileStore(mount).getUsableSpace() - (long) megabytes * MEGABYTE;
            require(free > 0, "take up " + free + " bytes of " + mount);
            Files.write(ballast(), new byte[Math.toIntExact(free)]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives back what was taken up. */
    public void makeRoom() {
        try {
            Files.delete(ballast());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path ballast() {
        return mount.resolve("ballast");
    }

    @Override
    public void close() {
        // Lazily: the server may hold a file of it open.
        require(succeeds("umount", "--lazy", mount.toString()), "unmount " + mount);
    }

    private static void require(boolean done, String what) {
        if (!done) {
            throw new IllegalStateException("Cannot " + what);
        }
    }

    private static boolean succeeds(String... command) {
        try {
            return new ProcessBuilder(List.of(command)).inheritIO().start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
