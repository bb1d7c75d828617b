package dev.lifeboat.pgarchive;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;

/** Reads an archive's head (ReadHead of pg_backup_archiver.c). */
final class HeaderReader {
    private static final String MAGIC = "PGDMP";

    private final ArchiveInput in;
    private final ArchiveText text;
    private final ArchiveFormat format;
    private FormatVersion version;

    HeaderReader(ArchiveInput in, ArchiveText text, ArchiveFormat format) {
        this.in = in;
        this.text = text;
        this.format = format;
    }

    ArchiveHeader read() throws IOException {
        in.enter("header");
        readMagic();
        version = readVersion();
        readSizes();
        Compression compression = readCompression();
        Instant createdAt = readCreationTime();
        return new ArchiveHeader(
                format,
                version.label(),
                compression,
                createdAt,
                text.read("database name"),
                text.read("server version"),
                text.read("pg_dump version"),
                in.readInt("entry count", 0, Limits.MAX_ENTRIES));
    }

    /** The version that {@link #read()} found. */
    FormatVersion version() {
        return version;
    }

    private void readMagic() throws IOException {
        for (int i = 0; i < MAGIC.length(); i++) {
            int found = in.readOrEnd();
            if (found < 0) {
                throw in.truncated("the magic word '" + MAGIC + "'");
            }
            if (found != MAGIC.charAt(i)) {
                throw in.corrupt("it does not begin with '" + MAGIC + "', as every archive of pg_dump's " + formatName()
                        + " format does: it is another kind of file, or damaged.");
            }
        }
    }

    private FormatVersion readVersion() throws IOException {
        int major = in.readByte("format version");
        int minor = in.readByte("format version");
        // A revision never changes the format: pg_restore reads them all.
        in.readByte("format version");
        FormatVersion known = FormatVersion.of(major, minor);
        if (known == null) {
            throw in.unsupported(
                    "its format version is " + major + "." + minor + ", expected " + FormatVersion.V1_14.label()
                            + " to " + FormatVersion.V1_16.label() + ".",
                    "Dump with pg_dump of PostgreSQL 12 to 18, or upgrade Lifeboat.");
        }
        return known;
    }

    private void readSizes() throws IOException {
        int intBytes = in.readByte("integer size");
        int offsetBytes = in.readByte("offset size");
        if (intBytes != ArchiveInput.INT_BYTES || offsetBytes != ArchiveInput.OFFSET_BYTES) {
            throw in.unsupported(
                    "its integers have " + intBytes + " bytes and its offsets " + offsetBytes + ", expected "
                            + ArchiveInput.INT_BYTES + " and " + ArchiveInput.OFFSET_BYTES + ".",
                    "Dump on a 64-bit system.");
        }
        int found = in.readByte("archive format");
        if (found != format.number()) {
            throw in.unsupported(
                    "its format number is " + found + ", expected " + format.number() + " (" + formatName() + ").",
                    format.hintAbout(found));
        }
    }

    private String formatName() {
        return format.name().toLowerCase(Locale.ROOT);
    }

    private Compression readCompression() throws IOException {
        if (!version.namesCompressionAlgorithm()) {
            // zlib's levels: -1 is its default one, 0 is none at all.
            return in.readInt("compression level", -1, 9) == 0 ? Compression.NONE : Compression.GZIP;
        }
        int algorithm = in.readByte("compression algorithm");
        return switch (algorithm) {
            case 0 -> Compression.NONE;
            case 1 -> Compression.GZIP;
            case 2 -> Compression.LZ4;
            case 3 -> Compression.ZSTD;
            default -> throw in.corrupt("compression algorithm is " + algorithm + ", expected 0 to 3.");
        };
    }

    /** A struct tm in the local time of pg_dump's machine. */
    private Instant readCreationTime() throws IOException {
        int second = in.readInt("second of creation", 0, 60);
        int minute = in.readInt("minute of creation", 0, 59);
        int hour = in.readInt("hour of creation", 0, 23);
        int day = in.readInt("day of creation", 1, 31);
        int month = in.readInt("month of creation", 0, 11);
        int year = in.readInt("year of creation, since 1900", 70, 8099);
        in.readInt("daylight saving time of creation", -1, 1);
        try {
            // java.time knows no leap seconds.
            return LocalDateTime.of(1900 + year, 1 + month, day, hour, minute, Math.min(second, 59))
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            ArchiveException fault = in.corrupt("the day of creation does not exist: " + e.getMessage() + ".");
            fault.initCause(e);
            throw fault;
        }
    }
}
