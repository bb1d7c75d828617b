package dev.lifeboat.local.cli;

import dev.lifeboat.pgarchive.DumpFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a person named. */
final class DumpFile {
    private DumpFile() {}

    /**
     * What it is by its first bytes, since a person may call it anything. What is none of them is taken for an archive, whose reader says what
     * is wrong with it.
     *
     * @throws IOException when it can't be read
     */
    static DumpFormat format(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String beginning = new String(in.readNBytes(2), StandardCharsets.ISO_8859_1);
            return switch (beginning) {
                case "--" -> DumpFormat.SCRIPT;
                case "\u001f\u008b" -> DumpFormat.GZIPPED_SCRIPT;
                default -> DumpFormat.ARCHIVE;
            };
        }
    }

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
