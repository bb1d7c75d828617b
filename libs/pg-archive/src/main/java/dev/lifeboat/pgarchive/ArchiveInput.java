package dev.lifeboat.pgarchive;

import dev.lifeboat.pgarchive.ArchiveException.Kind;
import dev.lifeboat.pgarchive.ArchiveException.Place;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads an archive's primitives in sequence and knows where it is, so that every fault can say so. Integers and strings
 * are as ReadInt and ReadStr of pg_backup_archiver.c read them. Not thread-safe.
 */
final class ArchiveInput implements Closeable {
    /** Bytes of an integer, besides its sign: sizeof(int) wherever PostgreSQL runs. */
    static final int INT_BYTES = 4;
    /** Bytes of an offset: sizeof(pgoff_t) wherever PostgreSQL runs. */
    static final int OFFSET_BYTES = 8;

    private static final int BUFFER_BYTES = 1 << 16;
    static final String DAMAGED =
            "Use another backup. If its SHA-256 is not the manifest's it was damaged in storage, else in pg_dump's output.";
    static final String CUT_OFF = "The dump or its upload was interrupted: use another backup and make a new one.";

    private final String name;
    private final InputStream in;
    private final long end;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int next;
    private int limit;
    private long bufferStart;
    private String part = "header";

    /**
     * @param name the archive's, for messages
     * @param start which byte of the archive {@code in} begins at
     * @param end the byte that it ends before, or Long.MAX_VALUE when that is not known
     */
    ArchiveInput(String name, InputStream in, long start, long end) {
        this.name = name;
        this.in = in;
        this.bufferStart = start;
        this.end = end;
    }

    /** Names the part of the archive that is read from here on, for messages. */
    void enter(String newPart) {
        part = newPart;
    }

    /** The byte of the archive that is read next. */
    long position() {
        return bufferStart + next;
    }

    /** One byte, or -1 at the end. */
    int readOrEnd() throws IOException {
        return next < limit || fill() ? buffer[next++] & 0xff : -1;
    }

    int readByte(String what) throws IOException {
        int value = readOrEnd();
        if (value < 0) {
            throw truncated(what);
        }
        return value;
    }

    /** Sign byte, then the magnitude, least significant byte first. */
    int readInt(String what) throws IOException {
        int sign = readByte(what);
        long magnitude = readLittleEndian(INT_BYTES, what);
        long value = sign == 0 ? magnitude : -magnitude;
        // pg_dump writes -2^31 with the magnitude 2^31, but never a negative zero.
        if (sign > 1 || value > Integer.MAX_VALUE || value < Integer.MIN_VALUE || (sign == 1 && value == 0)) {
            throw corrupt(
                    what + " is no integer: sign " + sign + ", magnitude " + magnitude + ", expected sign 0 or 1.");
        }
        return (int) value;
    }

    int readInt(String what, int min, int max) throws IOException {
        int value = readInt(what);
        if (value < min || value > max) {
            throw corrupt(what + " is " + value + ", expected " + min + " to " + max + ".");
        }
        return value;
    }

    long readLittleEndian(int bytes, String what) throws IOException {
        long value = 0;
        for (int shift = 0; shift < 8 * bytes; shift += 8) {
            value |= (long) readByte(what) << shift;
        }
        return value;
    }

    /** A string's bytes, or null for "none", which pg_dump writes as length -1. */
    byte[] readString(String what) throws IOException {
        int length = readInt("length of " + what, -1, Limits.MAX_STRING_BYTES);
        if (length < 0) {
            return null;
        }
        requireRemaining(length, what);
        byte[] bytes = new byte[Math.min(length, BUFFER_BYTES)];
        int got = 0;
        while (got < length) {
            if (got == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * bytes.length));
            }
            int step = read(bytes, got, bytes.length - got);
            if (step < 0) {
                throw truncated(what);
            }
            got += step;
        }
        return bytes;
    }

    /** Fails when fewer bytes are left than the archive claims; a no-op where the end is not known. */
    void requireRemaining(long length, String what) {
        if (length > end - position()) {
            throw fault(
                    Kind.TRUNCATED,
                    what + " takes " + length + " bytes, but only " + (end - position()) + " are left before byte "
                            + end + ".",
                    CUT_OFF,
                    false);
        }
    }

    /** Some bytes, at least one, or -1 at the end. */
    int read(byte[] target, int offset, int length) throws IOException {
        if (next == limit && !fill()) {
            return -1;
        }
        int step = Math.min(length, limit - next);
        System.arraycopy(buffer, next, target, offset, step);
        next += step;
        return step;
    }

    void skip(long length, String what) throws IOException {
        long left = length;
        while (left > 0) {
            if (next == limit && !fill()) {
                throw truncated(what);
            }
            int step = (int) Math.min(left, limit - next);
            next += step;
            left -= step;
        }
    }

    /** Reads all that is left. */
    void skipToEnd() throws IOException {
        do {
            next = limit;
        } while (fill());
    }

    private boolean fill() throws IOException {
        bufferStart += limit;
        next = 0;
        limit = 0;
        int got;
        do {
            got = in.read(buffer, 0, buffer.length);
        } while (got == 0);
        limit = Math.max(got, 0);
        return got > 0;
    }

    ArchiveException truncated(String what) {
        return fault(Kind.TRUNCATED, "it ends within " + what + ".", CUT_OFF, false);
    }

    /** Bytes that pg_dump does not write; where the next block begins is not known any more. */
    ArchiveException corrupt(String what) {
        return fault(Kind.CORRUPT, what, DAMAGED, false);
    }

    /** A broken content within chunks that are intact. */
    ArchiveException corruptContent(String what) {
        return fault(Kind.CORRUPT, what, DAMAGED, true);
    }

    ArchiveException unsupported(String what, String hint) {
        return fault(Kind.UNSUPPORTED, what, hint, false);
    }

    ArchiveException fault(Kind kind, String what, String hint, boolean contained) {
        return new ArchiveException(kind, new Place(name, position(), part), what, hint, contained);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
