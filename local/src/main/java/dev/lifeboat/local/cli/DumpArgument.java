package dev.lifeboat.local.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file given to {@code drill --dump}: refused here, at once, and not by psql half a minute into the drill. */
final class DumpArgument {
    private static final int BEGINNING = 4096;
    private static final String EXPECTED = "pg_dump's custom format (-Fc), or plain SQL";

    private DumpArgument() {}

    /** @throws UnableException when the drill could not load it */
    static void require(Path dump) {
        if (!Files.exists(dump)) {
            throw new UnableException("There is no file '" + dump + "'.", "Check the path given to --dump.");
        }
        if (!Files.isRegularFile(dump)) {
            throw new UnableException(
                    "'" + dump + "' is not a file, expected " + EXPECTED + ".",
                    Files.exists(dump.resolve("toc.dat"))
                            ? "It is a dump in directory format: restore it into a database, and dump that by pg_dump -Fc."
                            : "Give --dump the dump itself.");
        }
        String beginning = beginning(dump);
        if (beginning.startsWith("PGDMP")) {
            return;
        }
        if (beginning.startsWith("\u001f\u008b")) {
            throw new UnableException(
                    "'" + dump + "' is compressed by gzip, expected " + EXPECTED + ".",
                    "Unpack it: gunzip --keep '" + dump + "'.");
        }
        if (beginning.isEmpty() || beginning.indexOf('\0') >= 0) {
            throw new UnableException(
                    "'" + dump + "' is " + (beginning.isEmpty() ? "empty" : "no text") + ", expected " + EXPECTED + ".",
                    "Make the dump by pg_dump -Fc; that of a tar archive (-Ft) cannot be read either.");
        }
    }

    private static String beginning(Path dump) {
        try (InputStream in = Files.newInputStream(dump)) {
            return new String(in.readNBytes(BEGINNING), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UnableException(
                    "Cannot read '" + dump + "': " + e.getMessage() + ".", "Check the file and its permissions.", e);
        }
    }
}
