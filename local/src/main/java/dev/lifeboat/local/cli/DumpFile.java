package dev.lifeboat.local.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a person named. */
final class DumpFile {
    private DumpFile() {}

    /** @throws UnableException when it is none that can be read */
    static void require(Path file) {
        if (!Files.exists(file)) {
            throw new UnableException("There is no file '" + file + "'.", "Check the path.");
        }
        if (!Files.isRegularFile(file)) {
            throw new UnableException(
                    "'" + file + "' is not a file.",
                    Files.exists(file.resolve("toc.dat"))
                            ? "It is a dump in directory format; this command reads the custom format (pg_dump -Fc) alone."
                            : "Name the dump itself.");
        }
        if (!Files.isReadable(file)) {
            throw new UnableException("'" + file + "' may not be read by this user.", "Check its permissions.");
        }
    }
}
